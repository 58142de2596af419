#include "distances/discrepancy.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

template <typename F>
double plain_mean(const Matrix<double>& u, const Matrix<double>& v, const F& f) {
  double sum = 0;
  for (Index i = 0; i < u.rows(); ++i) {
    for (Index j = 0; j < v.rows(); ++j) sum += f((u.row(i) - v.row(j)).norm());
  }
  return sum / static_cast<double>(u.rows() * v.rows());
}

double mean_kernel(double distance) {
  double sum = 0;
  for (const double gamma : {2.0, 1.0, 0.5, 0.1, 0.01, 0.005}) sum += std::exp(-gamma * distance * distance);
  return sum / 6;
}

}  // namespace

TEST_CASE("energy distance and RBF MMD equal the plain sums over pairs", "[discrepancy]") {
  SerialExecutor executor;
  const Index n = GENERATE(1, 65, 1100), dims = GENERATE(1, 5, 23);
  const Matrix<double> u = random_matrix(n, dims, 1), v = random_matrix(31, dims, 2, 1.5);
  const auto identity = [](double distance) { return distance; };
  const double energy =
      2 * plain_mean(u, v, identity) - plain_mean(u, u, identity) - plain_mean(v, v, identity);
  CHECK(std::abs(energy_distance(u, v, executor) - energy) <= 1e-12);
  const double mmd =
      plain_mean(u, u, mean_kernel) + plain_mean(v, v, mean_kernel) - 2 * plain_mean(u, v, mean_kernel);
  CHECK(std::abs(rbf_mmd2(u, v, executor) - mmd) <= 1e-12);
}

TEST_CASE("discrepancies are 0 between equal sets and the same both ways", "[discrepancy]") {
  SerialExecutor executor;
  const Matrix<double> u = random_matrix(40, 3, 1), v = random_matrix(30, 3, 2);
  for (const auto distance : {energy_distance, rbf_mmd2}) {
    CHECK(std::abs(distance(u, u, executor, {}, {})) <= 1e-12);
    CHECK(std::abs(distance(u, v, executor, {}, {}) - distance(v, u, executor, {}, {})) <= 1e-14);
    CHECK(distance(u, v, executor, {}, {}) > 0);
  }
}

TEST_CASE("discrepancies: an integer weight is a repeated point", "[discrepancy]") {
  SerialExecutor executor;
  const Matrix<double> u = random_matrix(3, 2, 1), v = random_matrix(20, 2, 2);
  Matrix<double> repeated(6, 2);
  repeated << u.row(0), u.row(1), u.row(1), u.row(2), u.row(2), u.row(2);
  const Vector<double> weights = (Vector<double>(3) << 1, 2, 3).finished();
  for (const auto distance : {energy_distance, rbf_mmd2}) {
    const double expected = distance(repeated, v, executor, {}, {});
    CHECK(std::abs(distance(u, v, executor, weights, {}) - expected) <= 1e-14);
    CHECK(std::abs(distance(v, u, executor, {}, weights) - expected) <= 1e-14);
  }
}

TEST_CASE("points that are very far apart have finite discrepancies", "[discrepancy]") {
  SerialExecutor executor;
  const Matrix<double> u = Matrix<double>::Zero(2, 3), v = Matrix<double>::Constant(2, 3, 1e6);
  CHECK(std::abs(rbf_mmd2(u, v, executor) - 2) <= 1e-12);
  CHECK(std::abs(energy_distance(u, v, executor) - 2e6 * std::sqrt(3)) <= 1e-6);
}

TEST_CASE("discrepancies refuse empty sets and different dimensions", "[discrepancy]") {
  SerialExecutor executor;
  const Matrix<double> two = Matrix<double>::Zero(2, 3);
  for (const auto distance : {energy_distance, rbf_mmd2}) {
    CHECK_THROWS_MATCHES(distance(Matrix<double>(0, 3), two, executor, {}, {}), Error,
                         error_with(ErrorCode::bad_input, {"(0, 3)", "(2, 3)"}));
    CHECK_THROWS_MATCHES(distance(two, Matrix<double>::Zero(2, 2), executor, {}, {}), Error,
                         error_with(ErrorCode::bad_input, {"(2, 3)", "(2, 2)"}));
  }
}
