/// What a model predicts for cells that were moved by a change of genes.
///
/// Moved cells lie off the data, where the model was never trained, and its operator there means little. So
/// the predictions Phi of the cells of one time, as they were measured, give a map that is the same for all:
///
///     Phi(x) ~ M x + c,   M = I + argmin_L |Phi(x) - x - L x - c|^2 + ridge |L|^2,
///
/// with the ridge 0.01 times the mean variance of a coordinate. A cell that was moved by delta arrives at
/// Phi(x) + M delta. What the cells do not span stays as it is.
#pragma once

#include <utility>
#include <vector>

#include "cellmnn/model.hpp"

namespace cellmnn {

/// M (D, D) of cells and their predictions, both (N, D).
Matrix<double> population_operator(const MatrixView<float>& cells, const MatrixView<float>& predictions);

class ChangedPredictions {
 public:
  /// Of cells (N, D) at times t (N), predicted at `time`. With `anew` moved cells are instead predicted as if
  /// they had been measured: the operator is encoded anew there. Arguments must live as long.
  ChangedPredictions(const CellMnn& model, const MatrixView<float>& cells, const Vector<double>& t,
                     double time, bool anew, Executor& executor);

  const Matrix<float>& unchanged() const { return unchanged_; }

  /// Of the same cells, moved.
  Matrix<float> of(const Matrix<float>& moved) const;

 private:
  const CellMnn& model_;
  const MatrixView<float>& cells_;
  const Vector<double>& t_;
  double time_;
  bool anew_;
  Executor& executor_;
  Matrix<float> unchanged_;
  std::vector<std::pair<std::vector<Index>, Matrix<double>>> operators_;  // cells of one time, and their M
};

}  // namespace cellmnn
