/// Where cells arrive that a change of genes has moved.
///
/// Moved cells lie off the data, where the model was never trained, and its operator there means little. So
/// the predictions Phi of the cells of one time, as they were measured, give a map that is the same for all:
///
///     Phi(x) ~ M x + c,   M = I + argmin_L |Phi(x) - x - L x - c|^2 + ridge |L|^2,
///
/// with the ridge 1e-4 times the mean variance of a coordinate. A cell that was moved by delta arrives at
/// Phi(x) + M delta. What the cells do not span stays as it is.
#pragma once

#include "cellmnn/model.hpp"

namespace cellmnn {

struct MovedCells {
  const MatrixView<float>& cells;  ///< (N, D) as they were measured
  const Vector<double>& t;         ///< (N) when
  double time;                     ///< of the arrival
  const Matrix<float>& unchanged;  ///< (N, D) predictions of `cells` at `time`
  const Matrix<float>& moved;      ///< (N, D)
};

/// (N, D).
using Arrivals = Matrix<float> (*)(const CellMnn& model, const MovedCells& cells, Executor& executor);

/// As any other cells: the model's operator is encoded anew where they are.
Matrix<float> arrivals_anew(const CellMnn& model, const MovedCells& cells, Executor& executor);

/// By M of the cells of their time.
Matrix<float> arrivals_with_population(const CellMnn& model, const MovedCells& cells, Executor& executor);

/// M (D, D) of those cells (N, D) that are at `time`; t (N) and predictions (N, D) are of all.
Matrix<double> population_operator(const MatrixView<float>& cells, const MatrixView<float>& predictions,
                                   const Vector<double>& t, double time);

}  // namespace cellmnn
