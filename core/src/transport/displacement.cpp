#include "cellmnn/displacement.hpp"

#include <numeric>

namespace cellmnn {
namespace {

// Streams of the seed.
constexpr std::uint64_t kBegin = 1, kEnd = 2;

/// A cloud, or points drawn from it, and which rows these are.
struct Part {
  PointCloud cloud;
  std::vector<Index> rows;

  Part(const PointCloud& whole, Index most, std::uint64_t seed, std::uint64_t stream) {
    if (whole.points.rows() <= most) {
      cloud = whole;
      rows.resize(static_cast<std::size_t>(whole.points.rows()));
      std::iota(rows.begin(), rows.end(), Index{0});
    } else {
      rows = sampled_rows(whole, most, seed, stream);
      cloud.points = whole.points(rows, Eigen::all);
    }
  }
};

}  // namespace

std::vector<TransportEntry> displacement_plan(const PointCloud& begin, const PointCloud& end,
                                              TransportCost cost, std::uint64_t seed,
                                              const PlanLimits& limits) {
  const double pairs = static_cast<double>(begin.points.rows()) * static_cast<double>(end.points.rows());
  if (pairs <= limits.exact_pairs)
    return optimal_transport(begin.points, end.points, cost, begin.weights, end.weights).plan;

  const Part sources(begin, limits.subset, seed, kBegin), targets(end, limits.subset, seed, kEnd);
  std::vector<TransportEntry> plan = optimal_transport(sources.cloud.points, targets.cloud.points, cost,
                                                       sources.cloud.weights, targets.cloud.weights)
                                         .plan;
  for (TransportEntry& entry : plan) {
    entry.source = sources.rows[static_cast<std::size_t>(entry.source)];
    entry.target = targets.rows[static_cast<std::size_t>(entry.target)];
  }
  return plan;
}

PointCloud displaced(const MatrixView<double>& begin, const MatrixView<double>& end,
                     const std::vector<TransportEntry>& plan, double fraction) {
  const auto count = static_cast<Index>(plan.size());
  PointCloud cloud{Matrix<double>(count, begin.cols()), Vector<double>(count)};
  for (Index i = 0; i < count; ++i) {
    const TransportEntry& entry = plan[static_cast<std::size_t>(i)];
    cloud.points.row(i) = (1 - fraction) * begin.row(entry.source) + fraction * end.row(entry.target);
    cloud.weights(i) = entry.mass;
  }
  return cloud;
}

}  // namespace cellmnn
