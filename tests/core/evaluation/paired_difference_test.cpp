#include "cellmnn/paired_difference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "catch.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/wasserstein.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

Metrics scored(double w1, const Vector<double>& by_target) {
  Metrics metrics;
  metrics.w1 = w1;
  metrics.w1_by_target = by_target;
  return metrics;
}

}  // namespace

TEST_CASE("what both methods share is no difference", "[paired_difference]") {
  const Vector<double> by_target = random_matrix(50, 1, 1);
  const Metrics near = scored(0.5, by_target), far = scored(0.7, by_target);
  const auto difference = paired_difference({{&near}, {&near}}, {{&far}, {&near}});
  REQUIRE(difference);
  CHECK(difference->mean == Approx(-0.1));
  CHECK(difference->low == Approx(-0.1));
  CHECK(difference->high == Approx(-0.1));
  CHECK(difference->is_better());
  CHECK_FALSE(difference->is_worse());
  CHECK(paired_difference({{&far}}, {{&near}})->is_worse());
}

TEST_CASE("the interval has the width of the central limit theorem", "[paired_difference]") {
  const Vector<double> by_target = random_matrix(400, 1, 1);
  const Metrics method = scored(1, by_target), other = scored(1.02, Vector<double>::Zero(400));
  const auto difference = paired_difference({{&method}}, {{&other}});
  const double variance = (by_target.array() - by_target.mean()).square().mean();
  const double half = 1.96 * std::sqrt(variance / 400);
  CHECK(difference->mean == Approx(-0.02));
  CHECK(difference->high - difference->low == Approx(2 * half).epsilon(0.1));
  CHECK_FALSE(difference->is_better());
  CHECK_FALSE(difference->is_worse());
  // Over four times with cells of their own it is half as wide.
  const auto four = paired_difference({{&method}, {&method}, {&method}, {&method}},
                                      {{&other}, {&other}, {&other}, {&other}});
  CHECK(four->high - four->low == Approx(half).epsilon(0.1));
}

TEST_CASE("seeds are drawn, too", "[paired_difference]") {
  const Vector<double> none = Vector<double>::Zero(10);
  const Metrics low = scored(0.4, none), high = scored(0.6, none), other = scored(0.55, none);
  const auto difference = paired_difference({{&low, &high}}, {{&other}});
  CHECK(difference->mean == Approx(-0.05));
  CHECK(difference->low == Approx(-0.15));
  CHECK(difference->high == Approx(0.05));
}

TEST_CASE("nothing is said of scores from subsets", "[paired_difference]") {
  const Metrics exact = scored(0.5, Vector<double>::Zero(10)), estimated = scored(0.5, {});
  CHECK_FALSE(paired_difference({{&exact}}, {{&estimated}}));
}

TEST_CASE("the interval is that of a bootstrap that solves each draw anew", "[paired_difference]") {
  constexpr Index kCells = 120, kDraws = 400;
  const Matrix<double> target = random_matrix(kCells, 3, 1);
  Matrix<double> near = random_matrix(90, 3, 2), far = random_matrix(100, 3, 3);
  near.col(0).array() += 0.3;
  far *= 1.4;
  SerialExecutor executor;
  const Metrics method = measure({near, {}}, target, 1, executor),
                other = measure({far, {}}, target, 1, executor);
  const auto difference = paired_difference({{&method}}, {{&other}}, 5);
  REQUIRE(difference);

  Rng rng(7, 0);
  std::vector<double> drawn;
  for (Index k = 0; k < kDraws; ++k) {
    Vector<double> counts = Vector<double>::Zero(kCells);
    for (Index i = 0; i < kCells; ++i) counts(static_cast<Index>(rng.below(kCells))) += 1;
    // Cells that are not drawn need a mass of their own, however small.
    const Vector<double> weights = (counts.array() + 1e-9).matrix() / (counts.array() + 1e-9).sum();
    const auto w1 = [&](const Matrix<double>& cells) {
      return optimal_transport(cells, target, TransportCost::euclidean, {}, weights).value;
    };
    drawn.push_back(w1(near) - w1(far));
  }
  std::sort(drawn.begin(), drawn.end());
  const double low = drawn[kDraws / 40], high = drawn[kDraws - 1 - kDraws / 40];
  CHECK(difference->high - difference->low == Approx(high - low).epsilon(0.2));
  // Drawn cells are fewer different ones, and so a little further away from both; that cancels but for a
  // part.
  CHECK(std::abs((difference->high + difference->low) / 2 - (high + low) / 2) < 0.25 * (high - low));
}
