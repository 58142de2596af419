/// The whole loss of a batch: mmd + lambda_kinetic * kinetic (+ det for the eigen operator).
///
///   mmd      sum over source snapshots k and later training times d of gamma^(rank - 1) MMD^2(
///            predictions of the cells of k at d, targets of (k, d)); rank 1 is the next time.
///            Also, if their weights are not 0: `backward` MMD^2 of the predictions of k at the
///            training time before, and `agreement` MMD^2 between the predictions of two
///            neighbouring snapshots at a random time between them
///   kinetic  mean over cells, kinetic times and D of (dx/dt)^2
///   det      mean over cells of 1 / (|det P| + 1e-4)
///
/// With mass (model/mass.hpp) the predictions in every MMD have weights, and mass_penalty * mean over cells
/// of (g - growth_prior)^2 is added. The kinetic term has none: a cell's path shall be slow however much it
/// counts.
#pragma once

#include <memory>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/trainer.hpp"
#include "cellmnn/types.hpp"
#include "model/encoder.hpp"
#include "model/operator.hpp"

namespace cellmnn {

/// Which of the kinetic times count for a cell.
enum class KineticRange {
  all,    ///< those before its own, too
  ahead,  ///< from its own time on
  next,   ///< from its own time to the next training time
};

struct ObjectiveOptions {
  OperatorShape operator_shape;
  Index width = 96;
  Index depth = 4;
  std::vector<double> times;          ///< (T) of the training snapshots, in model time, ascending
  std::vector<double> kinetic_times;  ///< in model time
  double clock = 1;                   ///< the encoder is given the time times this
  double gamma = 0.1;
  double sigma = 1;
  double lambda_kinetic = 0.1;
  KineticRange kinetic_range = KineticRange::all;
  double backward = 0;
  double agreement = 0;
  double mass_penalty = 0;
};

/// Cells of the sources and their targets, in whitened coordinates. Filled by the caller in place.
template <typename Scalar>
struct Batch {
  /// cells[k]: (n_k, D) of source snapshot k.
  std::vector<Matrix<Scalar>> cells;
  /// targets[k][r]: (m, D), cells of snapshot Objective::targets(k)[r].
  std::vector<std::vector<Matrix<Scalar>>> targets;
  /// growth_priors[k]: (n_k) of the cells of source snapshot k, per unit of model time; or empty for 0.
  std::vector<Vector<Scalar>> growth_priors;
  /// Of each pair of neighbouring snapshots, the fraction of the way at which they shall agree, in
  /// (0, 1); empty without `agreement`.
  std::vector<Scalar> meetings;
};

template <typename Scalar>
class Objective {
 public:
  explicit Objective(ObjectiveOptions options);
  ~Objective();
  Objective(Objective&&) noexcept;
  Objective& operator=(Objective&&) noexcept;

  const Encoder<Scalar>& encoder() const;

  /// Snapshots [0, sources()) are sources: all but the last, or all if any predicts backwards.
  Index sources() const;

  /// The snapshots that source k predicts with a weight that is not zero.
  const std::vector<Index>& targets(Index source) const;

  /// The gradient with respect to the parameters, and the parts of the loss. Without `report` the
  /// target-target kernel means, which have no gradient, are left out of mmd and loss.
  LossParts gradient(const Vector<Scalar>& parameters, const Batch<Scalar>& batch, bool report,
                     Executor& executor, Vector<Scalar>& gradient);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cellmnn
