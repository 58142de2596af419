#include "cellmnn/mmd.hpp"

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "distances/kernel_sums.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::check_gradient;
using cellmnn::testing::random_matrix;

namespace {

double plain_mean_kernel(const Matrix<double>& u, const Matrix<double>& v, double sigma) {
  double sum = 0;
  for (Index i = 0; i < u.rows(); ++i) {
    for (Index j = 0; j < v.rows(); ++j) {
      const double distance = (u.row(i) - v.row(j)).cwiseAbs().sum() / static_cast<double>(u.cols());
      sum += std::exp(-std::max(distance, 1e-8) / sigma);
    }
  }
  return sum / static_cast<double>(u.rows() * v.rows());
}

}  // namespace

TEST_CASE("mmd2 is the biased estimate with the Laplace kernel", "[mmd]") {
  SerialExecutor executor;
  const Index n = GENERATE(1, 17, 1100), dims = GENERATE(1, 5, 23);
  const Matrix<double> u = random_matrix(n, dims, 1), v = random_matrix(31, dims, 2, 1.5);
  const double sigma = 0.7;
  const double expected =
      plain_mean_kernel(u, u, sigma) + plain_mean_kernel(v, v, sigma) - 2 * plain_mean_kernel(u, v, sigma);
  CHECK(std::abs(mmd2(u, v, sigma, executor) - expected) <= 1e-12);
  CHECK(std::abs(mmd2(u, u, sigma, executor)) <= 1e-12);
}

TEST_CASE("mmd2: an integer weight is a repeated point", "[mmd]") {
  SerialExecutor executor;
  const Matrix<double> u = random_matrix(3, 2, 1), v = random_matrix(20, 2, 2);
  Matrix<double> repeated(6, 2);
  repeated << u.row(0), u.row(1), u.row(1), u.row(2), u.row(2), u.row(2);
  const Vector<double> weights = (Vector<double>(3) << 1, 2, 3).finished();
  CHECK(std::abs(mmd2(u, v, 1, executor, weights) - mmd2(repeated, v, 1, executor)) <= 1e-14);
  CHECK(std::abs(mmd2(v, u, 1, executor, {}, weights) - mmd2(v, repeated, 1, executor)) <= 1e-14);
}

TEST_CASE("mmd2 refuses empty sets and different dimensions", "[mmd]") {
  SerialExecutor executor;
  CHECK_THROWS_AS(mmd2(Matrix<double>(0, 3), Matrix<double>::Zero(2, 3), 1, executor), Error);
  CHECK_THROWS_AS(mmd2(Matrix<double>::Zero(2, 2), Matrix<double>::Zero(2, 3), 1, executor), Error);
}

TEST_CASE("kernel_sum_gradient is the gradient of the kernel sum", "[mmd][gradient]") {
  const Index dims = GENERATE(1, 4, 11);
  Matrix<double> u = random_matrix(19, dims, 3);
  const Matrix<double> v = random_matrix(6, dims, 4);
  const double sigma = 0.8, weight = 1.7;
  const auto field_of = [&] {
    Field<double> field(dims, u.rows());
    cells_to_field(u.data(), dims, dims, field.view());
    return field;
  };
  const auto value = [&] {
    return weight * kernel_sum<double>(field_of().view(), points_of<double>(v), dims, sigma);
  };
  Field<double> gradient(dims, u.rows());
  const double sum = kernel_sum_gradient<double>(field_of().view(), points_of<double>(v), dims, sigma, weight,
                                                 gradient.view());
  CHECK(weight * sum == value());
  Matrix<double> exact(u.rows(), dims);
  field_to_cells<double>(gradient.view(), dims, exact.data(), dims);
  check_gradient(u.data(), u.size(), exact.data(), value);
}

TEST_CASE("equal coordinates and equal points have no slope", "[mmd][gradient]") {
  Field<double> x(2, 1), gradient(2, 1);
  x.row(0)[0] = 1;
  x.row(1)[0] = 2;
  Matrix<double> v(2, 2);
  v << 1, 2, /* the same point */ 1, 5 /* equal in one coordinate */;
  kernel_sum_gradient<double>(x.view(), points_of<double>(v), 2, 1, 1, gradient.view());
  CHECK(gradient.row(0)[0] == 0);
  CHECK(gradient.row(1)[0] == Approx(0.5 * std::exp(-1.5)));
}
