#include "base/eigenvalues.hpp"

#include <cmath>

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
