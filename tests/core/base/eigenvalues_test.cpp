#include "base/eigenvalues.hpp"

#include <cmath>
#include <complex>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

Eigen::MatrixXd symmetric(Index n) {
  const Matrix<double> x = random_matrix(n, n, 5);
  return x + x.transpose();
}

auto product_with(const Eigen::MatrixXd& matrix) {
  return [&matrix](const double* in, double* out) {
    Eigen::Map<Eigen::VectorXd>(out, matrix.rows()) =
        matrix * Eigen::Map<const Eigen::VectorXd>(in, matrix.rows());
  };
}

}  // namespace

TEST_CASE("the largest eigenvalues by products alone are those of the dense solver", "[eigenvalues]") {
  const Eigen::MatrixXd matrix = symmetric(40);
  const SymmetricEigen all = symmetric_eigen(matrix);
  const LeadingEigen leading = leading_eigen(40, product_with(matrix), {4, 20});
  for (Index k = 0; k < 4; ++k) {
    CHECK(std::abs(leading.values(k) - all.values(39 - k)) <= 1e-9 * all.values(39));
    CHECK((matrix * leading.vectors.col(k) - leading.values(k) * leading.vectors.col(k)).norm() <= 1e-7);
  }
}

TEST_CASE("a search for eigenvalues that has not converged says so", "[eigenvalues]") {
  // Eigenvalues that lie close together need more than one restart.
  const Eigen::MatrixXd matrix = Eigen::VectorXd::LinSpaced(400, 1, 1.001).asDiagonal();
  CHECK_THROWS_MATCHES(leading_eigen(400, product_with(matrix), {5, 7, 1}), Error,
                       error_with(ErrorCode::numerical, {"5 largest eigenvalues", "1 restarts"}));
}

TEST_CASE("eigenvalues of any matrix come by descending real part", "[eigenvalues]") {
  const Eigen::MatrixXd matrix = random_matrix(9, 9, 3);
  const Eigen::VectorXcd values = sorted_eigenvalues(matrix);
  CHECK(std::abs(values.sum() - matrix.trace()) <= 1e-9);
  for (Index k = 1; k < 9; ++k) CHECK(values(k).real() <= values(k - 1).real());
}

// More than 48 dimensions are reflected in blocks by Eigen, and one by one in WebAssembly.
TEST_CASE("eigenvectors give the matrix back, in few and in many dimensions", "[eigenvalues]") {
  const Index n = GENERATE(1, 2, 5, 47, 48, 49, 50, 97, 130);
  CAPTURE(n);
  const Eigen::MatrixXd matrix = symmetric(n);
  const SymmetricEigen own = symmetric_eigen(matrix);
  const double size = matrix.norm();
  CHECK((own.vectors.transpose() * own.vectors - Eigen::MatrixXd::Identity(n, n)).norm() <= 1e-11);
  CHECK((matrix * own.vectors - own.vectors * own.values.asDiagonal()).norm() <= 1e-12 * size);

  const Eigen::MatrixXd any = random_matrix(n, n, 6);
  const GeneralEigen general = general_eigen(any);
  const Eigen::MatrixXcd left = any.cast<std::complex<double>>() * general.vectors;
  CHECK((left - general.vectors * general.values.asDiagonal()).norm() <= 1e-10 * any.norm());
  CHECK(general.vectors.colwise().norm().minCoeff() >= 0.999);
}
