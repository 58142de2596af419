/// Central differences in double, to check exact gradients.
#pragma once

#include <cmath>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn::testing {

inline Matrix<double> random_matrix(Index rows, Index cols, std::uint64_t seed, double scale = 1) {
  Rng rng(seed);
  Matrix<double> m(rows, cols);
  for (Index i = 0; i < m.size(); ++i) m.data()[i] = scale * rng.normal();
  return m;
}

/// Checks d value() / d x[i] for every one of `count` numbers at x, which value() reads.
template <typename F>
void check_gradient(double* x, Index count, const double* gradient, const F& value, double tolerance = 1e-6) {
  for (Index i = 0; i < count; ++i) {
    const double saved = x[i];
    const double h = 1e-5 * std::max(1.0, std::abs(saved));
    x[i] = saved + h;
    const double above = value();
    x[i] = saved - h;
    const double below = value();
    x[i] = saved;
    const double numeric = (above - below) / (2 * h);
    INFO("entry " << i << " exact " << gradient[i] << " numeric " << numeric);
    CHECK(std::abs(numeric - gradient[i]) <= tolerance * std::max(1.0, std::abs(numeric)));
  }
}

}  // namespace cellmnn::testing
