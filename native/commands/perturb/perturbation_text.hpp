/// A report on changed genes for people.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cellmnn/perturbation_report.hpp"

namespace cellmnn {

/// As many genes as a report for people has.
inline constexpr std::size_t kGenesShown = 10;

/// Leaves the changed genes out of the table.
std::string report_text(const PerturbationReport& report, const std::vector<std::string>& genes,
                        const std::vector<GeneChange>& changes);

}  // namespace cellmnn
