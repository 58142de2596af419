#include "cellmnn/preprocess.hpp"

#include <cmath>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

VariableGenes highly_variable(const Matrix<float>& x, Index count) {
  SerialExecutor executor;
  const SharedBlocks rows = blocks_of(sparse(x));
  const std::vector<bool> all(static_cast<std::size_t>(x.rows()), true);
  return highly_variable_genes(expression_sums(*rows, {0, rows->blocks()}, all, executor).linear.moments(),
                               count);
}

}  // namespace

TEST_CASE("Cells with a value of each gene are counted", "[preprocess]") {
  const SparseMatrix counts = sparse(Matrix<float>{{1, 0, 0, 9}, {0, 0, 0, 5}, {2, 0, 3, 1}});
  std::vector<Index> number = {0, 0, 0, 10};
  count_cells(counts, {0, 1}, number);
  CHECK(number == std::vector<Index>{1, 0, 0, 12});
}

TEST_CASE("The median total leaves out cells without counts", "[preprocess]") {
  const SparseMatrix counts = sparse(Matrix<float>{{1, 1}, {0, 0}, {5, 1}, {0, 3}});
  CHECK(totals(counts) == std::vector<double>{2, 0, 6, 3});
  CHECK(median_total({2, 0, 6, 3}) == 3);
  CHECK(median_total({2, 6}) == 4);  // the mean of the two in the middle
  REQUIRE_THROWS_MATCHES(median_total({0, 0}), Error,
                         error_with(ErrorCode::bad_input, {"no cell has counts"}));
}

TEST_CASE("Normalised cells have the same total, then logarithms are taken", "[preprocess]") {
  SerialExecutor executor;
  SparseMatrix counts = sparse(Matrix<float>{{1, 3, 0}, {0, 0, 0}, {0, 2, 14}});
  normalize_total(counts, 8, executor);
  CHECK(dense(counts) == Matrix<float>{{2, 6, 0}, {0, 0, 0}, {0, 1, 7}});
  log1p(counts, executor);
  CHECK(dense(counts).isApprox(
      Matrix<float>{{std::log(3.0F), std::log(7.0F), 0}, {0, 0, 0}, {0, std::log(2.0F), std::log(8.0F)}},
      1e-7F));
}

TEST_CASE("Moments are those of the dense matrix, of the chosen cells", "[preprocess]") {
  SerialExecutor executor;
  const Matrix<float> counts = random_counts(400, 7);  // several blocks
  const GeneMoments all = moments(sparse(counts), first_cells(300), executor);
  for (Index g = 0; g < 7; ++g) {
    const Eigen::ArrayXd gene = counts.col(g).head(300).cast<double>();
    CHECK_THAT(all.mean(g), WithinRel(gene.mean(), 1e-12));
    CHECK_THAT(all.variance(g), WithinRel((gene - gene.mean()).square().sum() / 299, 1e-12));
  }
}

TEST_CASE("A large mean costs the variance no digits, and none is 0", "[preprocess]") {
  SerialExecutor executor;
  Matrix<float> x = Matrix<float>::Constant(1000, 2, 0.1F);
  for (Index i = 0; i < 1000; ++i) x(i, 1) = 4096.0F + (i % 2 == 0 ? 0.125F : -0.125F);
  const GeneMoments of_genes = moments(sparse(x), first_cells(1000), executor);
  CHECK(of_genes.variance(0) == 0);
  CHECK_THAT(of_genes.variance(1), WithinRel(0.125 * 0.125 * 1000 / 999, 1e-12));
}

TEST_CASE("Logarithms that come in blocks have the moments of all", "[preprocess]") {
  const Matrix<float> x = (random_counts(500, 30).array() + 1).log();
  std::vector<SharedBlocks> parts;
  for (const Index begin : {0, 100, 101}) {
    parts.push_back(blocks_of(sparse(x.middleRows(begin, begin == 0 ? 100 : begin == 100 ? 1 : 399))));
  }
  std::vector<bool> fitted(500);
  for (std::size_t i = 0; i < 500; ++i) fitted[i] = i % 3 > 0;
  SerialExecutor serial;
  ReversedExecutor reverse;
  const ExpressionSums one = expression_sums(*blocks_of(sparse(x)), {0, 1}, fitted, serial);
  const ExpressionSums three = expression_sums(*one_after_the_other(parts), {0, 3}, fitted, reverse);
  CHECK(one.logs.mean == three.logs.mean);
  CHECK(one.logs.squares == three.logs.squares);
  CHECK(one.linear.squares == three.linear.squares);
  CHECK(!one.negative);
  Index third = 0;
  for (Index i = 0; i < 500; ++i) third += i % 3 > 0 && x(i, 3) != 0 ? 1 : 0;
  CHECK(one.linear.found(3) == static_cast<double>(third));
}

TEST_CASE("Joined sums are those of all cells, and of a gene that does not vary exactly 0", "[preprocess]") {
  Matrix<float> x = (random_counts(300, 12).array() + 1).log();
  x.col(5).setConstant(0.1F);
  const std::vector<bool> all(300, true), none(300, false);
  SerialExecutor serial;
  const SharedBlocks parts =
      one_after_the_other({blocks_of(sparse(x.topRows(37))), blocks_of(sparse(x.bottomRows(263)))});
  const ExpressionSums expected = expression_sums(*blocks_of(sparse(x)), {0, 1}, all, serial);
  ExpressionSums joined;
  joined.add(expression_sums(*parts, {0, 1}, none, serial));
  CHECK(joined.logs.cells == 0);
  joined.add(expression_sums(*parts, {0, 1}, all, serial));
  joined.add(expression_sums(*parts, {1, 2}, none, serial));
  CHECK(joined.logs.cells == 37);
  joined.add(expression_sums(*parts, {1, 2}, all, serial));
  CHECK(joined.logs.cells == 300);
  CHECK(joined.logs.found == expected.logs.found);
  CHECK(joined.logs.mean.isApprox(expected.logs.mean, 1e-14));
  CHECK(joined.logs.squares.isApprox(expected.logs.squares, 1e-13));
  CHECK(joined.linear.moments().variance.isApprox(expected.linear.moments().variance, 1e-13));
  CHECK(joined.logs.squares(5) == 0);
}

TEST_CASE("A gene that does not vary has no dispersion and is never chosen", "[preprocess]") {
  Matrix<float> counts = random_counts(200, 5);
  counts.col(2).setConstant(3);
  counts.col(4).setZero();
  const VariableGenes genes = highly_variable(counts, 5);
  CHECK(std::isnan(genes.dispersions(2)));
  CHECK(std::isnan(genes.dispersions_norm(4)));
  CHECK(genes.chosen == std::vector<bool>{true, true, false, true, false});
}

TEST_CASE("Genes that vary more than others with their mean are chosen", "[preprocess]") {
  Rng rng(1);
  Matrix<float> x(200, 600);
  for (Index g = 0; g < 600; ++g) {
    const double spread = g % 10 == 3 ? 0.6 : 0.2;
    for (Index i = 0; i < 200; ++i) {
      x(i, g) = static_cast<float>(1 + 0.005 * static_cast<double>(g) + spread * rng.normal());
    }
  }
  const VariableGenes genes = highly_variable(x, 60);
  Index right = 0;
  for (std::size_t g = 0; g < 600; ++g) right += genes.chosen[g] == (g % 10 == 3) ? 1 : 0;
  CHECK(right >= 598);  // the bins at both ends hold few genes
  CHECK_THAT(genes.means(0), WithinAbs(std::log(1 + x.col(0).cast<double>().array().expm1().mean()), 1e-9));
}

TEST_CASE("A gene alone in its bin has the normalised dispersion 1", "[preprocess]") {
  Matrix<float> x = random_counts(100, 6).cwiseMin(1.0F);
  x.col(5) *= 5;  // a mean far from all others
  const VariableGenes genes = highly_variable(x, 3);
  CHECK(genes.dispersions_norm(5) == 1);
}

TEST_CASE("The genes of largest variance are chosen where dispersions mean nothing", "[preprocess]") {
  GeneMoments moments;
  moments.mean = Vector<double>{{-3, -2, 0, 1}};
  moments.variance = Vector<double>{{2, 0, 5, 1}};
  const VariableGenes genes = most_variable_genes(moments, 2);
  CHECK(genes.chosen == std::vector<bool>{true, false, true, false});
  CHECK(genes.means(0) == -3);
  CHECK(std::isnan(genes.dispersions(1)));
  CHECK(most_variable_genes(moments, 9).chosen == std::vector<bool>{true, false, true, true});
}
