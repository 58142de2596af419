/// A report on changed genes for people.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/perturbation_report.hpp"

namespace cellmnn {

/// Leaves the changed genes out of the table.
std::string report_text(const PerturbationReport& report, const std::vector<std::string>& genes,
                        const std::vector<GeneChange>& changes);

}  // namespace cellmnn
