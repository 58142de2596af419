/// Soft transitions from the cells of a snapshot to those of the next.
#pragma once

#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// From N starts a_i to M later cells u_j, in coordinates scaled alike:
///   K_ij = exp(-|a_i - u_j|^2 / eps_j),  v_j = 1 / sum_i K_ij,  T_ij = K_ij v_j / sum_j K_ij v_j.
/// The later cells divide themselves among their possible ancestors; how many descendants a start has stays
/// free. eps_j is `bandwidth` times the median of |a_i - u_j|^2 over i, of 1,000 random starts if there are
/// more: later cells far from all others look as widely as those in their midst. T is never held: its
/// products are made in blocks, in float32, and summed in double.
class SoftTransition {
 public:
  /// Neighbouring starts or later cells.
  struct Span {
    Index begin, count;
  };

  /// `starts` (N, D) and `later` (M, D), finite, N and M at least 1.
  SoftTransition(const MatrixView<float>& starts, const MatrixView<float>& later, double bandwidth,
                 Executor& executor);

  /// The same later cells, divided as they are, as seen from other starts (n, D) in the same coordinates.
  SoftTransition from(const MatrixView<float>& starts) const;

  Index starts() const { return starts_.rows(); }
  Index later() const { return later_.cols(); }

  /// T values, the mean of `values` (M, F) over what becomes of each start: (N, F).
  Matrix<double> of_later(const Matrix<double>& values, Executor& executor) const;

  /// T^t weights, where the mass (N, F) of the starts goes: (M, F).
  Matrix<double> of_starts(const Matrix<double>& weights, Executor& executor) const;

  /// Rows `begin` ... `begin + count - 1` of T: (count, M).
  Matrix<float> rows(Index begin, Index count) const;

 private:
  /// (N, D + 1) a_i and -|a_i|^2
  static Matrix<float> with_norms(const Matrix<double>& centred);

  /// log T_ij up to a constant of each row: (rows, columns).
  Matrix<float> logits(const Span& rows, const Span& columns) const;

  Eigen::RowVectorXd centre_;  ///< (D) which is subtracted from all cells
  Matrix<float> starts_;       ///< with_norms
  Matrix<float> later_;        ///< (D + 1, M) 2 u_j / eps_j and 1 / eps_j
  Vector<float> log_share_;    ///< (M) of log sum_i exp(product), the log of 1 / v_j but for |u_j|^2
};

}  // namespace cellmnn
