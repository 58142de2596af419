#include "cellmnn/pca.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

Matrix<float> random_matrix(Index rows, Index columns) {
  Rng rng(3);
  Matrix<float> x(rows, columns);
  for (Index g = 0; g < columns; ++g) {
    const double scale = 1.0 / static_cast<double>(g + 1);
    for (Index n = 0; n < rows; ++n) x(n, g) = static_cast<float>(5.0 + scale * rng.normal());
  }
  return x;
}

auto bad_input(std::vector<std::string> parts) { return error_with(ErrorCode::bad_input, std::move(parts)); }

}  // namespace

TEST_CASE("PCA of a known matrix", "[pca]") {
  // Points (2, 3) + a (-3, 4) / 5 + b (4, 3) / 5 with a = -10, 0, 10 and b = 1, -2, 1.
  const Matrix<float> x{{8.8F, -4.4F}, {0.4F, 1.8F}, {-3.2F, 11.6F}};
  const Pca pca = principal_components(x, 2);
  CHECK_THAT(pca.mean(0), WithinAbs(2.0, 1e-6));
  CHECK_THAT(pca.mean(1), WithinAbs(3.0, 1e-6));
  CHECK_THAT(pca.variance(0), WithinRel(200.0 / 3, 1e-5));
  CHECK_THAT(pca.variance(1), WithinRel(2.0, 1e-5));
  CHECK((pca.loadings - Matrix<float>{{-0.6F, 0.8F}, {0.8F, 0.6F}}).cwiseAbs().maxCoeff() < 1e-5F);
  CHECK((pca.scores - Matrix<float>{{-10, 1}, {0, -2}, {10, 1}}).cwiseAbs().maxCoeff() < 1e-5F);
}

TEST_CASE("All components rebuild the matrix", "[pca]") {
  const Matrix<float> x = random_matrix(40, 6);
  const Pca pca = principal_components(x, 6);
  const Matrix<float> rebuilt = (pca.scores * pca.loadings.transpose()).rowwise() + pca.mean.transpose();
  CHECK((rebuilt - x).cwiseAbs().maxCoeff() < 1e-5F);
  CHECK((pca.loadings.transpose() * pca.loadings - Matrix<float>::Identity(6, 6)).cwiseAbs().maxCoeff() <
        1e-6F);
}

TEST_CASE("Variances are those of the scores, descend and sum to the whole", "[pca]") {
  const Matrix<float> x = random_matrix(200, 6);
  const Pca pca = principal_components(x, 6);
  for (Index d = 0; d < 6; ++d) {
    CHECK_THAT(pca.scores.col(d).mean(), WithinAbs(0.0, 1e-5));
    CHECK_THAT(pca.variance(d), WithinRel(pca.scores.col(d).cast<double>().squaredNorm() / 200, 1e-5));
    if (d > 0) CHECK(pca.variance(d) <= pca.variance(d - 1));
  }
  const Eigen::MatrixXd centred = x.cast<double>().rowwise() - x.cast<double>().colwise().mean();
  CHECK_THAT(pca.variance.sum(), WithinRel(centred.squaredNorm() / 200, 1e-9));
}

TEST_CASE("Fewer components are the first of all", "[pca]") {
  const Matrix<float> x = random_matrix(50, 6);
  const Pca all = principal_components(x, 6);
  const Pca two = principal_components(x, 2);
  CHECK(two.scores.cols() == 2);
  CHECK(two.scores.isApprox(all.scores.leftCols(2), 1e-6F));
  CHECK(two.loadings == all.loadings.leftCols(2));
  CHECK(two.variance == all.variance.head(2));
}

TEST_CASE("The entry of largest size of each loading is positive", "[pca]") {
  const Matrix<float> x = random_matrix(50, 6);
  for (const Matrix<float>& data : {x, Matrix<float>(-x)}) {
    const Pca pca = principal_components(data, 6);
    CHECK(pca.loadings.colwise().maxCoeff() == pca.loadings.cwiseAbs().colwise().maxCoeff());
  }
}

TEST_CASE("Constant data have no variance", "[pca]") {
  const Pca pca = principal_components(Matrix<float>::Constant(4, 3, 0.1F), 3);
  CHECK(pca.variance == Vector<double>::Zero(3));
  CHECK(pca.scores.cwiseAbs().maxCoeff() < 1e-7F);
}

TEST_CASE("PCA refuses what it cannot do", "[pca]") {
  Matrix<float> x = random_matrix(4, 6);
  REQUIRE_THROWS_MATCHES(principal_components(x, 5), Error,
                         bad_input({"5 principal components of 4 cells with 6 genes", "1 to 4"}));
  REQUIRE_THROWS_MATCHES(principal_components(x.leftCols(2), 3), Error, bad_input({"expected 1 to 2"}));
  REQUIRE_THROWS_MATCHES(principal_components(x, 0), Error, bad_input({"0 principal components"}));
  x(2, 3) = std::numeric_limits<float>::infinity();
  REQUIRE_THROWS_MATCHES(principal_components(x, 2), Error, bad_input({"not finite"}));
}

TEST_CASE("PCA of a sparse matrix is that of the dense one", "[pca]") {
  SerialExecutor executor;
  const Matrix<float> x = testing::random_counts(300, 20);
  const Pca expected = principal_components(x, 6);
  const Pca pca = principal_components(testing::sparse(x), testing::first_cells(300), 6, executor);
  CHECK(pca.loadings.isApprox(expected.loadings, 1e-5F));
  CHECK(pca.scores.isApprox(expected.scores, 1e-5F));
  CHECK(pca.mean.isApprox(expected.mean, 1e-6F));
  CHECK(pca.variance.isApprox(expected.variance, 1e-9));
}

TEST_CASE("PCA of some cells does not see the others, and projects them", "[pca]") {
  SerialExecutor executor;
  Matrix<float> x = testing::random_counts(150, 10);
  const Pca expected = principal_components(x.topRows(100), 4);
  x.bottomRows(50) *= 9;
  const Pca pca = principal_components(testing::sparse(x), testing::first_cells(100), 4, executor);
  CHECK(pca.loadings.isApprox(expected.loadings, 1e-5F));
  const Matrix<float> projected = (x.rowwise() - expected.mean.transpose()) * expected.loadings;
  CHECK(pca.scores.isApprox(projected, 1e-5F));
}

TEST_CASE("Fewer cells than genes have as many sparse components as they span", "[pca]") {
  SerialExecutor executor;
  const Matrix<float> x = testing::random_counts(12, 40);
  const SparseMatrix sparse = testing::sparse(x);
  const Pca pca = principal_components(sparse, testing::first_cells(12), 11, executor);
  CHECK_THAT(pca.variance.sum(),
             WithinRel(static_cast<double>((x.rowwise() - x.colwise().mean()).squaredNorm()) / 12, 1e-5));
  REQUIRE_THROWS_MATCHES(principal_components(sparse, testing::first_cells(12), 12, executor), Error,
                         bad_input({"12 principal components of 12 cells", "1 to 11"}));
}

TEST_CASE("Sparse components beyond the rank are refused", "[pca]") {
  SerialExecutor executor;
  Matrix<float> x = testing::random_counts(50, 8);
  for (Index g = 3; g < 8; ++g) x.col(g) = x.col(g - 3);
  REQUIRE_THROWS_MATCHES(principal_components(testing::sparse(x), testing::first_cells(50), 5, executor),
                         Error, bad_input({"5 principal components", "varies in 3 directions only"}));
  CHECK(principal_components(testing::sparse(x), testing::first_cells(50), 3, executor).scores.cols() == 3);
  const Pca fewer = principal_components(testing::sparse(x), testing::first_cells(50), 5, executor, true);
  CHECK(fewer.scores.cols() == 3);
  CHECK(fewer.loadings.cols() == 3);
  CHECK(fewer.variance.size() == 3);
}
