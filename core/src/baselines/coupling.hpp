/// Which cells of two snapshots flow matching takes for the two ends of a path.
#pragma once

#include <vector>

#include "cellmnn/flow_matching_options.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Rows of two snapshots.
struct CellPair {
  Index source;
  Index target;
};

/// Draws pairs of cells; plans are exact, for the squared Euclidean distance.
class PairSampler {
 public:
  /// sources (N, D) and targets (M, D) must outlive the sampler.
  PairSampler(Coupling coupling, const Matrix<float>& sources, const Matrix<float>& targets);

  /// `count` pairs, drawn with replacement (for Coupling::batch_plan: cells are, then they are paired).
  std::vector<CellPair> draw(Index count, Rng& rng) const;

 private:
  Coupling coupling_;
  const Matrix<float>* sources_;
  const Matrix<float>* targets_;
  std::vector<CellPair> plan_;           ///< of the whole snapshots
  std::vector<double> cumulative_mass_;  ///< of plan_
};

}  // namespace cellmnn
