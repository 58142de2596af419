/// The answer of `perturb` to one change at one time, beside controls.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/perturbation.hpp"
#include "native/commands/shared/gene_input.hpp"

namespace cellmnn {

struct PerturbationReport {
  double time = 0;
  Index cells = 0;
  Shift shift;                  ///< mean over models
  double w1 = 0;                ///< between perturbed and unperturbed predictions
  double w1_error = 0;          ///< standard error where W1 is a mean over subsets
  Vector<double> gene_changes;  ///< (G)
  Vector<double> control_mean;  ///< (G) changes by controls
  Vector<double> control_sd;    ///< (G)
  Index controls = 0;
  double control_shift = 0;  ///< median length of the mean shift
  double p = 1;              ///< share of controls that shift the mean as far, itself counted
};

/// Cells that are not later than `time`, of `group`, with and without the changes. A control replaces each
/// changed gene by one of similar loading and expression.
PerturbationReport perturbation_report(const GeneInput& input, const CellGroup& group,
                                       const std::vector<GeneChange>& changes, double time, Index controls,
                                       std::uint64_t seed, Executor& executor);

/// The cells of `group` that are not later than `time`; throws bad_input if there are none.
CellGroup cells_until(const GeneInput& input, const CellGroup& group, double time);

/// Whether a gene is one of those that are changed: what happens to it is what was asked for, no result.
bool is_changed(Index gene, const std::vector<GeneChange>& changes);

/// Leaves the changed genes out of the table.
std::string report_text(const PerturbationReport& report, const std::vector<std::string>& genes,
                        const std::vector<GeneChange>& changes);

}  // namespace cellmnn
