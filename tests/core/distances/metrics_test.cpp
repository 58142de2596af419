#include "cellmnn/metrics.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/mmd.hpp"
#include "distances/discrepancy.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

TEST_CASE("all metrics of a small cloud are the exact ones", "[metrics]") {
  SerialExecutor executor;
  const Matrix<double> x = random_matrix(40, 3, 1), y = random_matrix(30, 3, 2);
  const Metrics metrics = measure({x, {}}, y, 7, executor);
  CHECK(metrics.w1 == wasserstein1(x, y));
  CHECK(metrics.w2 == wasserstein2(x, y));
  CHECK(metrics.mmd == mmd2(x, y, 1, executor));
  CHECK(metrics.rbf_mmd == rbf_mmd2(x, y, executor));
  CHECK(metrics.energy == energy_distance(x, y, executor));
  CHECK(metrics.subset == 0);
  CHECK(metrics.w1_se + metrics.w2_se == 0);
}

TEST_CASE("weights of a cloud count in every metric", "[metrics]") {
  SerialExecutor executor;
  const Matrix<double> points = random_matrix(3, 2, 1), target = random_matrix(12, 2, 2);
  Matrix<double> repeated(6, 2);
  repeated << points.row(0), points.row(1), points.row(1), points.row(2), points.row(2), points.row(2);
  const Metrics weighted =
      measure({points, (Vector<double>(3) << 0.1, 0.2, 0.3).finished()}, target, 0, executor);
  const Metrics plain = measure({repeated, {}}, target, 0, executor);
  for (const auto metric : {&Metrics::w1, &Metrics::w2, &Metrics::mmd, &Metrics::rbf_mmd, &Metrics::energy}) {
    CHECK(std::abs(weighted.*metric - plain.*metric) <= 1e-12);
  }
}

TEST_CASE("beyond the limit transport is a mean over subsets with a standard error", "[metrics]") {
  const Matrix<double> x = random_matrix(600, 2, 1);
  Matrix<double> y = random_matrix(500, 2, 2);
  y.col(0).array() += 2;
  const auto estimate = [&](TransportCost cost, Index subset, std::uint64_t seed) {
    return transport_distance({x, {}}, y, cost, seed, {600.0 * 500 - 1, subset, 5});
  };
  const auto cost = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  const double exact = transport_distance({x, {}}, y, cost, 0, {600.0 * 500, 100, 5}).value;
  CHECK(exact == (cost == TransportCost::euclidean ? wasserstein1(x, y) : wasserstein2(x, y)));

  const TransportDistance small = estimate(cost, 50, 1), large = estimate(cost, 400, 1);
  CHECK(small.subset == 50);
  CHECK(small.standard_error > large.standard_error);
  CHECK(std::abs(large.value - exact) < 0.1);
  CHECK(small.value == estimate(cost, 50, 1).value);
  CHECK(small.value != estimate(cost, 50, 2).value);

  // Subsets of one distribution are apart: the bias is upwards.
  const TransportDistance same = transport_distance({x, {}}, x, cost, 1, {0, 50, 5});
  CHECK(same.value > 0.1);
}

TEST_CASE("only the larger set is drawn from", "[metrics]") {
  const Matrix<double> x = random_matrix(1, 2, 1), y = random_matrix(500, 2, 2);
  const TransportDistance estimate =
      transport_distance({x, {}}, y, TransportCost::euclidean, 3, {100, 400, 5});
  CHECK(std::abs(estimate.value - wasserstein1(x, y)) < 5 * estimate.standard_error);
}

TEST_CASE("W1 changes with the weights of targets as it says", "[metrics]") {
  SerialExecutor executor;
  const Matrix<double> x = random_matrix(60, 3, 1);
  Matrix<double> y = random_matrix(45, 3, 2);
  y.col(1).array() += 1;
  // With equal weights several optimal dual variables may exist.
  const Vector<double> own = (random_matrix(60, 1, 4).array().abs() + 0.1).matrix();
  const Metrics metrics = measure({x, own}, y, 1, executor);
  REQUIRE(metrics.w1_by_target.size() == 45);
  Vector<double> change = random_matrix(45, 1, 3);
  change.array() -= change.mean();
  const double step = 1e-6;
  const Vector<double> weights = (1.0 / 45 + step * change.array()).matrix();
  const double moved = optimal_transport(x, y, TransportCost::euclidean, own, weights).value;
  CHECK(std::abs((moved - metrics.w1) / step - change.dot(metrics.w1_by_target)) < 1e-3);
}
