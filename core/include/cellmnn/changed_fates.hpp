/// Knock-outs as fates: how the fractions of fates change if genes of the cells are changed.
#pragma once

#include <vector>

#include "cellmnn/fates.hpp"
#include "cellmnn/perturbation.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

struct FateChangeQuestion {
  std::size_t snapshot = 0;  ///< whose cells are changed; not the last
  std::vector<Index> genes;  ///< each by itself; modelled ones
  double times = 0;          ///< new expression = times * old + plus: a knock-out
  double plus = 0;
  Index controls = 50;  ///< genes of similar loadings and expression
};

/// Of one gene, (F) each.
struct FateChange {
  Index gene;
  Vector<double> change;  ///< of the mean probability of a fate
  Vector<double> p;       ///< share of the controls with a change as large, of any sign; 1 without controls
  /// What speaks for the change without any dynamics: cells lose the fates whose cells express the gene.
  /// The mean expression among the cells of a fate, less that of all cells of known fate; its negative where
  /// the change lowers the gene.
  Vector<double> control;

  /// What that means for a fate, in words. Where expression alone says the same, dynamics add nothing that
  /// could be told.
  const char* verdict(Index fate) const;
};

/// The genes' changes move the cells as in perturbation.hpp, in all dimensions of `data`, which needs its
/// gene space with means. From there they set out as measured cells do, to the same later cells, whose fates
/// are those of `fates`. A direction and no size: on simulated systems true changes were several times as
/// large. In the order of the genes. Throws bad_input where the gene space is missing, or for the last
/// snapshot.
std::vector<FateChange> fate_changes(const TimeCourse& data, const KnownFates& known, const Fates& fates,
                                     const FateChangeQuestion& question, const FateOptions& options,
                                     const CellMover& mover, Executor& executor);

/// The same of the first of `question.genes`, whose cells were changed elsewhere: `changed` has those of the
/// gene, then those of each of its controls, (N, D) each.
FateChange fate_change(const TimeCourse& data, const KnownFates& known, const Fates& fates,
                       const FateChangeQuestion& question, const std::vector<Matrix<float>>& changed,
                       const FateOptions& options, const CellMover& mover, Executor& executor);

/// The cells of a snapshot but the last after `changes` (N, D), and what their probabilities then are (N, F).
struct ChangedCells {
  Matrix<float> cells;
  Matrix<double> probabilities;
};
ChangedCells changed_snapshot(const TimeCourse& data, const Fates& fates, std::size_t snapshot,
                              const std::vector<GeneChange>& changes, const FateOptions& options,
                              const CellMover& mover, Executor& executor);

}  // namespace cellmnn
