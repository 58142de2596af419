/// The whole loss of a batch: mmd + lambda_kinetic * kinetic (+ det for the eigen operator).
///
///   mmd      sum over source snapshots k and later training times d of gamma^(rank - 1) MMD^2(
///            predictions of the cells of k at d, targets of (k, d)); rank 1 is the next time
///   kinetic  mean over cells, kinetic times and D of (dx/dt)^2
///   det      mean over cells of 1 / (|det P| + 1e-4)
#pragma once

#include <memory>
#include <vector>

#include "cellmnn/encoder.hpp"
#include "cellmnn/operator.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct ObjectiveOptions {
  OperatorShape operator_shape;
  Index width = 96;
  Index depth = 4;
  std::vector<double> times;          ///< (T) of the training snapshots, in model time, ascending
  std::vector<double> kinetic_times;  ///< in model time
  double gamma = 0.1;
  double sigma = 1;
  double lambda_kinetic = 0.1;
};

struct LossParts {
  double loss = 0, mmd = 0, kinetic = 0, det = 0;
};

/// Cells of the sources and their targets, in whitened coordinates. Filled by the caller in place.
template <typename Scalar>
struct Batch {
  /// cells[k]: (n_k, D) of source snapshot k, for k in [0, T - 1).
  std::vector<Matrix<Scalar>> cells;
  /// targets[k][r]: (m, D), cells of snapshot k + 1 + r.
  std::vector<std::vector<Matrix<Scalar>>> targets;
};

template <typename Scalar>
class Objective {
 public:
  explicit Objective(ObjectiveOptions options);
  ~Objective();
  Objective(Objective&&) noexcept;
  Objective& operator=(Objective&&) noexcept;

  const Encoder<Scalar>& encoder() const;

  /// How many later snapshots of source k have a weight that is not zero.
  Index target_count(Index source) const;

  /// The gradient with respect to the parameters, and the parts of the loss. Without `report` the
  /// target-target kernel means, which have no gradient, are left out of mmd and loss.
  LossParts gradient(const Vector<Scalar>& parameters, const Batch<Scalar>& batch, bool report,
                     Executor& executor, Vector<Scalar>& gradient);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cellmnn
