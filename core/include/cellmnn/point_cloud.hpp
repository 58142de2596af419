/// Points with weights, which stand for a distribution.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

struct PointCloud {
  Matrix<double> points;   ///< (n, D)
  Vector<double> weights;  ///< (n), or empty for uniform
};

/// The weights of `count` points, of sum 1; uniform where there are none.
Vector<double> sum_one(const Vector<double>& weights, Index count);

/// To how many points of equal weight these weights amount: (sum w)^2 / sum w^2.
double effective_count(const Vector<double>& weights);

/// `count` rows of the cloud drawn with replacement, in proportion to their weights.
std::vector<Index> sampled_rows(const PointCloud& cloud, Index count, std::uint64_t seed,
                                std::uint64_t stream);

/// The points of these rows: (count, D).
Matrix<double> sampled(const PointCloud& cloud, Index count, std::uint64_t seed, std::uint64_t stream);

/// The cloud itself, or `most` points drawn from it if it has more.
PointCloud at_most(PointCloud cloud, Index most, std::uint64_t seed, std::uint64_t stream);

}  // namespace cellmnn
