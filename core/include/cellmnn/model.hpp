/// A trained Cell-MNN: every cell gets a local linear ODE dx/dt = A x + b.
///
/// Column-vector convention everywhere: row of A = target, column of A = source.
#pragma once

#include <complex>
#include <vector>

#include "cellmnn/model_options.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/tensor.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

/// What a model file holds, and what can be asked of it. All coordinates and times at this
/// interface are the user's own (unwhitened, the unit of the data's time).
struct CellMnn {
  ModelConfig config;
  LatentSpace latent;
  TimeScale time_scale;
  GeneSpace gene_space;
  double first_time = 0;  ///< the range of the training times
  double last_time = 0;
  Vector<float> parameters;  ///< (P) of the encoder, laid out as parameter_layers() says

  /// Where cells (N, D) measured at times t (N) are at each of `times` (T), past or future: (T, N, D).
  /// The solution of dx/dt = A x + b from x at t, with one encoding a cell. Throws numerical if a value is
  /// not finite, or farther from the centre than 100 times the root mean square of the training cells
  /// (whitened).
  Tensor3<float> predict(const MatrixView<float>& cells, const Vector<double>& t,
                         const std::vector<double>& times, Executor& executor) const;

  /// The same for a single time: (N, D).
  Matrix<float> predict_at(const MatrixView<float>& cells, const Vector<double>& t, double time,
                           Executor& executor) const;

  /// dx/dt = A x + b at the cells' own times, per unit of the user's time: (N, D).
  Matrix<float> velocity(const MatrixView<float>& cells, const Vector<double>& t, Executor& executor) const;

  /// A of every cell in whitened coordinates, per unit of the user's time: (N, D, D).
  Tensor3<float> operators(const MatrixView<float>& cells, const Vector<double>& t, Executor& executor) const;

  /// The eigenvalues of A of every cell, per unit of the user's time, by descending real part:
  /// (N, D).
  Matrix<std::complex<float>> eigenvalues(const MatrixView<float>& cells, const Vector<double>& t,
                                          Executor& executor) const;
};

}  // namespace cellmnn
