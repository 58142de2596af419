/// Points to measure with.
#pragma once

#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// (n, dims) independent standard normal values.
inline Matrix<double> normal_cloud(Index n, Index dims, std::uint64_t seed) {
  Matrix<double> points(n, dims);
  Rng rng(seed);
  for (double& value : points.reshaped()) value = rng.normal();
  return points;
}

}  // namespace cellmnn
