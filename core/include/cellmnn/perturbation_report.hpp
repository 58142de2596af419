/// The answer to "what if these genes were changed?", beside the same change of genes that are alike. It is
/// what `cellmnn perturb` prints, and what the package and the page show.
///
/// A change acts on the future only: cells that are later than the time of the prediction take no part.
#pragma once

#include <span>
#include <vector>

#include "cellmnn/perturbation.hpp"

namespace cellmnn {

struct PerturbationQuestion {
  std::vector<GeneChange> changes;  ///< made at once
  double time = 0;                  ///< of the prediction
  Index controls = 50;              ///< at most: sets of changes with a similar gene in place of each
  bool w1 = true;                   ///< whether it is computed: thousands of cells take seconds
  std::uint64_t seed = 1;           ///< of the subsets of W1
  Arrivals arrivals = &arrivals_anew;
};

/// Means over the models.
struct PerturbationReport {
  double time = 0;
  Index cells = 0;                     ///< that take part
  Shift shift;                         ///< of the predictions
  double w1 = 0;                       ///< between changed and unchanged predictions
  double w1_error = 0;                 ///< standard error where W1 is a mean over subsets
  Vector<double> gene_changes;         ///< (G)
  Vector<double> control_mean;         ///< (G) of the changes by controls
  Vector<double> control_sd;           ///< (G)
  std::vector<double> control_shifts;  ///< lengths of the mean shift by each control, in no order
  double control_shift = 0;            ///< their median; NaN without controls
  double p = 1;                        ///< share of controls that shift the mean as far, itself counted
};

/// Cells (N, D) at times t (N). Control number k has the k-th most similar gene in place of each changed one.
/// All models have the same genes and their means.
PerturbationReport perturbation_report(std::span<const CellMnn> models, const MatrixView<float>& cells,
                                       const Vector<double>& t, const PerturbationQuestion& question,
                                       Executor& executor);

/// Whether a gene is one of those that are changed: what happens to it is what was asked for, no result.
bool is_changed(Index gene, const std::vector<GeneChange>& changes);

struct ScreenQuestion {
  std::vector<Index> genes;
  double times = 0, plus = 0;  ///< as in GeneChange; 0 and 0 are a knock-out
  double time = 0;             ///< of the prediction
  Index controls = 50;
  Arrivals arrivals = &arrivals_anew;
};

/// A gene of a screen with those that are like it, whether they are of the screen or not.
struct ComparedGene : ScreenedGene {
  std::vector<Index> similar;
};

/// Each gene of the question changed by itself, in their order. Means over the models.
std::vector<ComparedGene> compared_genes(std::span<const CellMnn> models, const MatrixView<float>& cells,
                                         const Vector<double>& t, const ScreenQuestion& question,
                                         Executor& executor);

/// A gene of a screen, among those of the screen that are alike.
struct RankedGene : ScreenedGene {
  double control_z;  ///< of its shift of the mean among theirs; NaN if they do not differ
};

/// All genes of a screen, which may have been changed in parts, the largest shift of the mean first.
std::vector<RankedGene> ranked_genes(const std::vector<ComparedGene>& genes);

/// Both in one.
std::vector<RankedGene> ranked_screen(std::span<const CellMnn> models, const MatrixView<float>& cells,
                                      const Vector<double>& t, const ScreenQuestion& question,
                                      Executor& executor);

/// Rows of the cells that are not later than `time`. Throws bad_input if there are none.
std::vector<Index> cells_until(const Vector<double>& t, double time);

}  // namespace cellmnn
