#include "cellmnn/forecast.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/rng.hpp"

using namespace cellmnn;

namespace {

Matrix<double> normal(Rng& rng, Index rows, Index cols) {
  Matrix<double> matrix(rows, cols);
  for (double& value : matrix.reshaped()) value = rng.normal();
  return matrix;
}

}  // namespace

TEST_CASE("half widths are those of Student's interval", "[forecast]") {
  Matrix<double> known(2, 2);
  known << 0, 0, 2, 4;  // variances 2 and 8, mean 5
  const Matrix<double> predicted = Matrix<double>::Zero(1, 2);
  const double s0 = std::sqrt(2.05), s1 = std::sqrt(8.05);
  Vector<double> error(2), twice(2);
  error << s0, -s1;
  twice << 2 * s0, 2 * s1;
  const auto half = half_widths(known, {predicted, error}, {{predicted, error}, {predicted, twice}});
  REQUIRE(half);
  const double sigma = std::sqrt((1.0 + 4.0) / 2);
  CHECK((*half)(0) == Approx(1.8856 * sigma * s0).epsilon(0.004));  // Student's t of 2 degrees, 90 %
  CHECK((*half)(1) / (*half)(0) == Approx(s1 / s0));
  const auto wider = half_widths(known, {predicted, error, 4}, {{predicted, error}, {predicted, twice}});
  CHECK((*wider)(0) == Approx(2 * (*half)(0)));
  const auto same = half_widths(known, {predicted, error, 4}, {{predicted, error, 4}, {predicted, twice, 4}});
  CHECK((*same)(0) == Approx((*half)(0)));
}

TEST_CASE("the gap is that of a bridge, or of free motion", "[forecast]") {
  CHECK(gap_around(1, 2, 4) == Approx(2.0 / 3));
  CHECK(gap_around(1, 2, 1e12) == Approx(gap_around(1, 2, {})));
  CHECK(gap_around(1, 3, {}) == 2);
}

TEST_CASE("seeds that differ widen an interval", "[forecast]") {
  Rng rng(3);
  const Matrix<double> known = normal(rng, 4, 30);
  const Matrix<double> one = Matrix<double>::Zero(2, 30);
  Matrix<double> differ = one;
  differ.row(0).setConstant(1);
  const Vector<double> error = Vector<double>::Constant(30, 0.3);
  const std::vector<Forecast> inner = {{one, error}, {one, -error}};
  CHECK(
      (half_widths(known, {differ, error}, inner)->array() > half_widths(known, {one, error}, inner)->array())
          .all());
}

TEST_CASE("intervals cannot be told from one inner hold-out, or where nothing changes", "[forecast]") {
  Rng rng(4);
  const Matrix<double> known = normal(rng, 3, 5), predicted = normal(rng, 1, 5);
  const Forecast inner{predicted, Vector<double>::Zero(5)};
  CHECK(half_widths(known, inner, {inner, inner}));
  CHECK_FALSE(half_widths(known, inner, {inner}));
  CHECK_FALSE(half_widths(known.topRows(1), inner, {inner, inner}));
  CHECK_FALSE(half_widths(Matrix<double>::Ones(3, 5), inner, {inner, inner}));
  const ForecastValues values = with_intervals(inner, known, {inner});
  CHECK(values.predicted.size() == 5);
  CHECK(values.low.size() == 0);
}

TEST_CASE("intervals cover 80 % where errors are normal", "[forecast]") {
  for (const std::size_t count : {std::size_t{2}, std::size_t{3}, std::size_t{6}}) {
    Index within = 0;
    const Index trials = 4000;
    for (Index trial = 0; trial < trials; ++trial) {  // one quantity, so that errors do not share a scale
      Rng rng(11, static_cast<std::uint64_t>(trial));
      const Matrix<double> known = normal(rng, 4, 1);
      const Matrix<double> zero = Matrix<double>::Zero(1, 1);
      std::vector<Forecast> inner;
      for (std::size_t k = 0; k < count; ++k) inner.push_back({zero, normal(rng, 1, 1).row(0).transpose()});
      const Forecast outer{zero, normal(rng, 1, 1).row(0).transpose()};
      const ForecastValues values = with_intervals(outer, known, inner);
      within += values.low(0) <= values.measured(0) && values.measured(0) <= values.high(0) ? 1 : 0;
    }
    CHECK(static_cast<double>(within) / static_cast<double>(trials) == Approx(kCoverage).margin(0.02));
  }
}
