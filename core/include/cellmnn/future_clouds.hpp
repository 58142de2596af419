/// A single cell's future as a cloud of measured cells: a predicted point is a poor answer.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/fates.hpp"

namespace cellmnn {

/// Below that much of known_places(), the population of its time says as much of a cell as its cloud.
inline constexpr double kLeastKnownPlace = 0.05;

struct CloudOptions {
  Index size = 100;  ///< measured cells of a cloud
  /// Of the first transition; wider than for fates, since a cloud is to hold the cell and not to tell two
  /// ends apart. That of the k-th is sqrt(k) times as wide: the farther, the less is known. Both were chosen
  /// on simulated courses with true paths (docs/fates.md).
  double bandwidth = 1.5;
  FateStarts starts = FateStarts::model;
  Index most_later = FateOptions{}.most_later;
  std::uint64_t seed = 0;
};

/// What may become of each cell of snapshot `from`, drawn step by step from soft transitions: for each later
/// snapshot (N, size) rows of its cells, all of the same weight; a cell that is drawn often is there often.
/// Without a model cells set out from where they are. Throws bad_input if no snapshot is later, or size is 0.
std::vector<Matrix<Index>> future_clouds(const TimeCourse& data, std::size_t from,
                                         const CloudOptions& options, const CellMover& mover,
                                         Executor& executor);

/// How much more than the population is known of a cell's place: 1 - mean distance of two cells of its cloud
/// / mean distance of two cells of the snapshot, in whitened coordinates, (N). 0 or below: nothing.
Vector<double> known_places(const TimeCourse& data, std::size_t snapshot, const Matrix<Index>& clouds);

}  // namespace cellmnn
