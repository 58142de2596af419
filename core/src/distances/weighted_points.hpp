/// Means over weighted points.
#pragma once

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/point_cloud.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Points (n, D) whose weights (n) have the sum 1.
struct WeightedPoints {
  const MatrixView<double>& points;
  Vector<double> weights;

  /// Weights are normalised; an empty vector is uniform.
  WeightedPoints(const MatrixView<double>& p, const Vector<double>& w)
      : points(p), weights(sum_one(w, p.rows())) {}
};

/// The sum of f(begin, count) over blocks of `block` of `size` points, in the order of blocks.
template <typename F>
double sum_over_blocks(Index size, Index block, Executor& executor, const F& f) {
  const Index blocks = (size + block - 1) / block;
  std::vector<double> sums(static_cast<std::size_t>(blocks));
  executor.run(blocks, [&](std::ptrdiff_t i) {
    const Index begin = static_cast<Index>(i) * block;
    sums[static_cast<std::size_t>(i)] = f(begin, std::min(block, size - begin));
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace cellmnn
