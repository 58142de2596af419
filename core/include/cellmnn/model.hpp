/// A trained Cell-MNN: every cell gets a local linear ODE dx/dt = A x + b.
///
/// Column-vector convention everywhere: row of A = target, column of A = source.
#pragma once

#include <complex>
#include <span>
#include <vector>

#include "cellmnn/model_options.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/tensor.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

/// What becomes of a prediction that is not finite, or farther from the centre than 100 times the root mean
/// square of the training cells (whitened): an error, or NaN for this cell and for what follows from there.
enum class FarAway { refuse, nan };

/// Where cells are at other times, and how much each counts there.
struct Paths {
  Tensor3<float> positions;  ///< (T, N, D)

  /// (T, N) of a model with mass: at each time the weights of the cells that have their own time in common
  /// sum to 1. (0, 0) of others: all count the same.
  Matrix<double> weights;

  /// (T, N) logarithms of how many cells each has become, of a model that knows sizes of populations; (0, 0)
  /// of others.
  Matrix<double> log_sizes;

  /// (N) at one of the times, or empty.
  Vector<double> weights_at(Index time) const {
    return weights.size() == 0 ? Vector<double>() : Vector<double>(weights.row(time));
  }

  /// (N) how many cells each has become at one of the times, or empty.
  Vector<double> sizes_at(Index time) const {
    return log_sizes.size() == 0 ? Vector<double>() : Vector<double>(log_sizes.row(time).array().exp());
  }
};

/// What a model file holds, and what can be asked of it. All coordinates and times at this
/// interface are the user's own (unwhitened, the unit of the data's time).
struct CellMnn {
  ModelConfig config;
  LatentSpace latent;
  TimeScale time_scale;
  GeneSpace gene_space;
  std::vector<double> training_times;  ///< (K) of the training snapshots, ascending, at least one
  Vector<float> parameters;            ///< (P) of the encoder, laid out as parameter_layers() says

  /// (K - 1) what is added to the growth of cells between training times k and k + 1, per unit of model time,
  /// so that it is that of a population of known sizes (population_sizes.hpp); or empty.
  std::vector<double> growth_shift = {};
  bool growth_prior = false;  ///< trained with a prior for the growth of each cell

  bool knows_sizes() const { return !growth_shift.empty(); }

  /// Whether growth() is a rate of division less that of death, as far as simulations show ("Is it growth?"
  /// in docs/results.md).
  bool knows_growth() const { return growth_prior && knows_sizes(); }

  /// The range of the training times.
  double first_time() const { return training_times.front(); }
  double last_time() const { return training_times.back(); }

  /// Where cells (N, D) measured at times t (N) are at each of `times` (T), past or future.
  /// A cell follows the solution of dx/dt = A x + b of its own operator up to the next training time; there
  /// it is encoded anew, and so on, which is what the model is trained for: to reach the next snapshot.
  /// Backwards alike. Throws numerical for predictions far away, on the way too, unless they are to be NaN;
  /// `rows` (N) are the numbers of the cells in its message, 0, 1, ... if there are none.
  Paths paths(const MatrixView<float>& cells, const VectorView<double>& t, const std::vector<double>& times,
              Executor& executor, FarAway far_away = FarAway::refuse, std::span<const Index> rows = {}) const;

  /// The positions alone: (T, N, D).
  Tensor3<float> predict(const MatrixView<float>& cells, const VectorView<double>& t,
                         const std::vector<double>& times, Executor& executor,
                         FarAway far_away = FarAway::refuse) const;

  /// The same for a single time: (N, D).
  Matrix<float> predict_at(const MatrixView<float>& cells, const VectorView<double>& t, double time,
                           Executor& executor) const;

  /// dx/dt = A x + b at the cells' own times, per unit of the user's time: (N, D).
  Matrix<float> velocity(const MatrixView<float>& cells, const VectorView<double>& t,
                         Executor& executor) const;

  /// The rate at which the weight of each cell grows at its own time, per unit of the user's time: (N). Of a
  /// model that does not know sizes of populations, up to a constant for each time. Throws bad_input without
  /// mass.
  Vector<double> growth(const MatrixView<float>& cells, const VectorView<double>& t,
                        Executor& executor) const;

  /// A of every cell in whitened coordinates, per unit of the user's time: (N, D, D).
  Tensor3<float> operators(const MatrixView<float>& cells, const VectorView<double>& t,
                           Executor& executor) const;

  /// The eigenvalues of A of every cell, per unit of the user's time, by descending real part:
  /// (N, D).
  Matrix<std::complex<float>> eigenvalues(const MatrixView<float>& cells, const VectorView<double>& t,
                                          Executor& executor) const;
};

}  // namespace cellmnn
