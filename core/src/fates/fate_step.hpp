/// One step of the chain of fates: from a snapshot to the next.
#pragma once

#include <vector>

#include "cellmnn/fates.hpp"
#include "fates/soft_transition.hpp"

namespace cellmnn {

/// u = x / sqrt(sd), or x / sd for 5 dimensions or fewer; sd over all cells of a course.
class FateSpace {
 public:
  explicit FateSpace(const TimeCourse& data);

  /// (N, D) -> (N, D)
  Matrix<float> scaled(const MatrixView<float>& cells) const;

 private:
  Vector<float> scale_;  ///< (D)
};

/// Throws bad_input for a single snapshot, or data that are not valid.
void require_two_snapshots(const TimeCourse& data);

/// Where cells of snapshot s set out to the next snapshot, as each of the starts says: (N, D) unscaled.
std::vector<Matrix<float>> starts_of(const TimeCourse& data, std::size_t s, const MatrixView<float>& cells,
                                     FateStarts starts, const CellMover& mover, Executor& executor);

/// The mean of the soft transitions of all starts of a snapshot.
class FateStep {
 public:
  FateStep(const TimeCourse& data, std::size_t s, const FateSpace& space, const FateOptions& options,
           const CellMover& mover, Executor& executor);

  /// The same step of other cells, which set out from `starts` (n, D) unscaled, one of each of the starts.
  FateStep from(const FateSpace& space, const std::vector<Matrix<float>>& starts) const;

  /// T values, of `values` (M, F) of all later cells: (N, F).
  Matrix<double> of_later(const Matrix<double>& values, Executor& executor) const;

  /// T^t weights, of (N, F) of the cells: (M, F), 0 for later cells outside of the subset.
  Matrix<double> of_starts(const Matrix<double>& weights, Executor& executor) const;

  /// For cells `at` (n, size), a row a cloud, later cells drawn by their rows of T: (n, size), each row in
  /// random order. Draws of a cloud are spread: its cells, in the order `place` of near cells, draw with the
  /// golden sequence k * 0.618... mod 1 from later cells in the order `later_place`. So few draws are as near
  /// to T as many independent ones.
  Matrix<Index> drawn(const Matrix<Index>& at, const std::vector<Index>& place,
                      const std::vector<Index>& later_place, Executor& executor) const;

  /// The later cells that transitions see, ascending.
  const std::vector<Index>& seen() const { return seen_; }

  /// Rows `begin` ... `begin + count - 1` of T, a column for each of seen().
  Matrix<float> rows(Index begin, Index count) const;

 private:
  std::uint64_t seed_, step_;  ///< of draws
  Index later_;                ///< M
  std::vector<Index> seen_;
  std::vector<SoftTransition> transitions_;
};

}  // namespace cellmnn
