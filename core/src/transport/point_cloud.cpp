#include "cellmnn/point_cloud.hpp"

#include <algorithm>

#include "cellmnn/rng.hpp"

namespace cellmnn {

Vector<double> sum_one(const Vector<double>& weights, Index count) {
  if (weights.size() == 0) return Vector<double>::Constant(count, 1 / static_cast<double>(count));
  return weights / weights.sum();
}

double effective_count(const Vector<double>& weights) {
  return weights.sum() * weights.sum() / weights.squaredNorm();
}

std::vector<Index> sampled_rows(const PointCloud& cloud, Index count, std::uint64_t seed,
                                std::uint64_t stream) {
  std::vector<double> cumulative(static_cast<std::size_t>(cloud.weights.size()));
  double total = 0;
  for (std::size_t i = 0; i < cumulative.size(); ++i) {
    cumulative[i] = total += cloud.weights(static_cast<Index>(i));
  }
  Rng rng(seed, stream);
  std::vector<Index> rows(static_cast<std::size_t>(count));
  for (Index& row : rows) {
    if (cumulative.empty()) {
      row = static_cast<Index>(rng.below(static_cast<std::uint64_t>(cloud.points.rows())));
    } else {
      const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), rng.uniform() * total);
      row = std::min<Index>(found - cumulative.begin(), cloud.points.rows() - 1);
    }
  }
  return rows;
}

Matrix<double> sampled(const PointCloud& cloud, Index count, std::uint64_t seed, std::uint64_t stream) {
  return cloud.points(sampled_rows(cloud, count, seed, stream), Eigen::all);
}

PointCloud at_most(PointCloud cloud, Index most, std::uint64_t seed, std::uint64_t stream) {
  if (cloud.points.rows() <= most) return cloud;
  return {sampled(cloud, most, seed, stream), {}};
}

}  // namespace cellmnn
