#include "data/covariance.hpp"

#include "catch.hpp"
#include "cellmnn/pca.hpp"
#include "reversed_executor.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

Matrix<double> covariance_of(const Matrix<float>& x) {
  const Matrix<double> centred = x.cast<double>().rowwise() - x.cast<double>().colwise().mean();
  return centred.transpose() * centred / static_cast<double>(x.rows());
}

Matrix<double> summed(const Matrix<float>& x, Index first, Executor& executor) {
  SerialExecutor serial;
  const GeneMoments of_genes = moments(sparse(x), first_cells(x.rows()), serial);
  GeneProducts products(of_genes);
  products.add(sparse(x.topRows(first)), first_cells(first), executor);
  products.add(sparse(x.bottomRows(x.rows() - first)), first_cells(x.rows() - first), executor);
  return covariance_matrix(products.take_products(executor), of_genes, x.rows());
}

}  // namespace

TEST_CASE("The covariance of sparse and of dense genes", "[covariance]") {
  SerialExecutor executor;
  Matrix<float> x = random_counts(400, 12);
  x.col(3).array() += 5;
  x.col(7).setConstant(2);
  CHECK(summed(x, 150, executor).isApprox(covariance_of(x), 1e-12));
  CHECK(summed(x, 150, executor).row(7).isZero(0));
}

TEST_CASE("A large mean costs the covariance no digits", "[covariance]") {
  SerialExecutor executor;
  Matrix<float> x = random_counts(300, 5);
  x.array() += 65536;
  CHECK(summed(x, 100, executor).isApprox(covariance_of(random_counts(300, 5)), 1e-11));
}

TEST_CASE("Blocks and threads change no bit of the covariance", "[covariance]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  Matrix<float> x = random_counts(300, 9);
  x.col(2).array() += 3;
  const Matrix<double> expected = summed(x, 0, serial);
  CHECK(summed(x, 1, serial) == expected);
  CHECK(summed(x, 211, reversed) == expected);
}

TEST_CASE("The product with the covariance is that of the matrix", "[covariance]") {
  SerialExecutor executor;
  const Matrix<float> x = random_counts(200, 70);
  const Matrix<double> matrix = covariance_of(x);
  const Vector<double> in = Vector<double>::LinSpaced(70, -1, 2);
  Vector<double> applied(70), multiplied(70);
  const SparseMatrix values = sparse(x);
  const std::vector<Index> cells = first_cells(200);
  const Vector<double> mean = moments(values, cells, executor).mean;
  CovarianceProduct(values, cells, mean, executor).multiply(in.data(), applied.data());
  symmetric_product(matrix, in.data(), multiplied.data(), executor);
  CHECK(applied.isApprox(matrix * in, 1e-12));
  CHECK(multiplied.isApprox(matrix * in, 1e-12));
}

TEST_CASE("Components of blocks are those in memory, formed or applied", "[covariance]") {
  SerialExecutor executor;
  const Index genes = GENERATE(12, 60);  // more values than the covariance has entries, and fewer
  const Matrix<float> x = (random_counts(100, genes).array() + 1).log();
  std::vector<bool> fitted(100, true);
  fitted[0] = fitted[99] = false;
  std::vector<Index> cells = first_cells(99);
  cells.erase(cells.begin());
  const SharedBlocks blocks =
      one_after_the_other({blocks_of(sparse(x.topRows(40))), blocks_of(sparse(x.bottomRows(60)))});
  const Pca expected = principal_components(x.middleRows(1, 98), 5);
  const ComponentFit fit(moments(sparse(x), cells, executor), 98, 5);
  CHECK(fit.sums_products() == (genes == 12));
  const auto products = [&](Index block) {
    return fit.products(*blocks, {block, block + 1}, fitted, executor);
  };
  const Components found = fit.sums_products() ? fit.from_products(products(0) + products(1), executor)
                                               : fit.from_values(*blocks, fitted, executor);
  CHECK(found.loadings.isApprox(expected.loadings.cast<double>(), 1e-6));
  CHECK(found.variance.isApprox(expected.variance, 1e-9));
  const Matrix<float> scores = found.scores(sparse(x), executor);
  CHECK(scores.middleRows(1, 98).isApprox(expected.scores, 1e-6F));
}
