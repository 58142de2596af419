#include "cellmnn/metrics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cellmnn/mmd.hpp"
#include "distances/discrepancy.hpp"

namespace cellmnn {
namespace {

constexpr double kSigma = 1;  // of the reported Laplace MMD

double distance(const PointCloud& cloud, const MatrixView<double>& target, TransportCost cost) {
  const double value = optimal_transport(cloud.points, target, cost, cloud.weights).value;
  return cost == TransportCost::euclidean ? value : std::sqrt(value);
}

bool is_exact(const PointCloud& cloud, const MatrixView<double>& target, const TransportLimits& limits) {
  return static_cast<double>(cloud.points.rows()) * static_cast<double>(target.rows()) <= limits.exact_pairs;
}

}  // namespace

TransportDistance transport_distance(const PointCloud& cloud, const MatrixView<double>& target,
                                     TransportCost cost, std::uint64_t seed, const TransportLimits& limits) {
  if (is_exact(cloud, target, limits)) return {distance(cloud, target, cost), 0, 0};

  const PointCloud targets{target, {}};
  Vector<double> values(limits.subsets);
  for (Index k = 0; k < limits.subsets; ++k) {
    const auto stream = 2 * static_cast<std::uint64_t>(k);
    values(k) = distance(at_most(cloud, limits.subset, seed, stream),
                         at_most(targets, limits.subset, seed, stream + 1).points, cost);
  }
  const double mean = values.mean();
  const double variance =
      (values.array() - mean).square().sum() / static_cast<double>(std::max<Index>(1, limits.subsets - 1));
  return {mean, std::sqrt(variance / static_cast<double>(limits.subsets)), limits.subset};
}

Metrics measure(const PointCloud& predicted, const MatrixView<double>& target, std::uint64_t seed,
                Executor& executor) {
  Metrics metrics;
  TransportDistance w1, w2;
  executor.run(2, [&](std::ptrdiff_t distance) {
    if (distance == 0) {
      w2 = transport_distance(predicted, target, TransportCost::squared_euclidean, seed);
    } else if (is_exact(predicted, target, {})) {
      Transport plan =
          optimal_transport(predicted.points, target, TransportCost::euclidean, predicted.weights);
      w1.value = plan.value;
      metrics.w1_by_target = std::move(plan.target_dual);
    } else {
      w1 = transport_distance(predicted, target, TransportCost::euclidean, seed);
    }
  });
  metrics.w1 = w1.value;
  metrics.w2 = w2.value;
  metrics.mmd = mmd2(predicted.points, target, kSigma, executor, predicted.weights);
  metrics.rbf_mmd = rbf_mmd2(predicted.points, target, executor, predicted.weights);
  metrics.energy = energy_distance(predicted.points, target, executor, predicted.weights);
  metrics.w1_se = w1.standard_error;
  metrics.w2_se = w2.standard_error;
  metrics.subset = w1.subset;
  return metrics;
}

}  // namespace cellmnn
