#include "cellmnn/gene_course.hpp"

#include <cmath>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

TEST_CASE("levels are shares of the 0.9 quantile of what is above 0", "[gene_course]") {
  SerialExecutor executor;
  Matrix<float> expression(5, 3);
  expression << 0, 2, 0,  //
      1, 0, 0,            //
      2, 4, 0,            //
      3, 0, 0,            //
      4, 0, 0;
  const GeneCourse course =
      gene_course(sparse(expression), {0, 1.5}, {{4, 0}, {1, 2, 3}}, ExpressionScale::log, executor);
  REQUIRE(course.snapshots() == 2);
  CHECK(course.cells(1) == 3);
  CHECK(course.snapshot(0)(0, 0) == 1);  // 4 is above 3.7
  CHECK(course.snapshot(1)(0, 0) == Approx(1 / 3.7));
  CHECK(course.snapshot(1)(1, 0) == Approx(2 / 3.7));
  CHECK(course.snapshot(0)(1, 1) == Approx(2 / 3.8));
  CHECK(course.levels.col(2).isZero(0));
  CHECK(course.tops(0) == Approx(3.7));
  CHECK(course.tops(2) == 1);

  const GeneCourse counts =
      gene_course(sparse(expression), {0}, {{1, 2, 3, 4}}, ExpressionScale::counts, executor);
  const double top = std::log1p(3) + 0.7 * (std::log1p(4) - std::log1p(3));
  CHECK(counts.levels(0, 0) == Approx(std::log1p(1) / top));
}

TEST_CASE("values below 0 are shifted, gene by gene", "[gene_course]") {
  SerialExecutor executor;
  Matrix<float> expression(3, 2);
  expression << -2, 1,  //
      0, 0,             //
      2, 2;
  const GeneCourse course = gene_course(sparse(expression), {0}, {{0, 1, 2}}, ExpressionScale::log, executor);
  CHECK(course.levels(0, 0) == 0);
  CHECK(course.levels(1, 0) == Approx(2 / 3.8));
  CHECK(course.levels(0, 1) == Approx(1 / 1.9));
  REQUIRE_THROWS_MATCHES(gene_course(sparse(expression), {0}, {{0, 1, 2}}, ExpressionScale::counts, executor),
                         Error, error_with(ErrorCode::bad_input, {"count is -2", "logarithms"}));
}

TEST_CASE("genes are scaled apart from each other", "[gene_course]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const SparseMatrix counts = sparse(random_counts(20, 150));
  const std::vector<std::vector<Index>> rows = {first_cells(20)};
  const GeneCourse course = gene_course(counts, {0}, rows, ExpressionScale::counts, serial);
  CHECK(course.levels == gene_course(counts, {0}, rows, ExpressionScale::counts, reversed).levels);
  CHECK(course.levels.maxCoeff() == 1);
  std::vector<bool> last(150);
  last[149] = true;
  const GeneCourse alone = gene_course(columns_of(counts, last), {0}, rows, ExpressionScale::counts, serial);
  CHECK(alone.levels.col(0) == course.levels.col(149));
}

TEST_CASE("a subset has the levels of its cells", "[gene_course]") {
  SerialExecutor executor;
  const GeneCourse course = gene_course(sparse(random_counts(6, 3)), {0, 1}, {{0, 1, 2}, {3, 4, 5}},
                                        ExpressionScale::counts, executor);
  const GeneCourse subset = subset_of(course, {{2, 0}, {1}});
  CHECK(subset.times == course.times);
  CHECK(subset.snapshot(0).row(0) == course.levels.row(2));
  CHECK(subset.snapshot(1).row(0) == course.levels.row(4));
  CHECK(subset.levels.rows() == 3);
}

TEST_CASE("what varies lies between snapshots, or within them", "[gene_course]") {
  GeneCourse course{{0, 1}, {0, 2, 4}, Matrix<double>(4, 3)};
  course.levels << 0, 0, 0.5,  //
      0, 1, 0.5,               //
      1, 0, 0.5,               //
      1, 1, 0.5;
  CHECK(explained_by_time(course, {0}) == Approx(1));
  CHECK(explained_by_time(course, {1}) == Approx(0).margin(1e-12));
  CHECK(explained_by_time(course, {0, 1}) == Approx(0.5));
  course.levels(1, 0) = 1;  // means 0.5 and 1, 0.75 of all
  const double half = std::log(2), all = -0.75 * std::log(0.75) - 0.25 * std::log(0.25);
  CHECK(explained_by_time(course, {0}) == Approx(1 - half / 2 / all));
  course.levels.setZero();
  CHECK(explained_by_time(course, {0, 1, 2}) == 0);
}

TEST_CASE("times that do not ascend and empty snapshots are refused", "[gene_course]") {
  SerialExecutor executor;
  const SparseMatrix counts = sparse(random_counts(4, 2));
  REQUIRE_THROWS_MATCHES(gene_course(counts, {1, 1}, {{0, 1}, {2, 3}}, ExpressionScale::log, executor), Error,
                         error_with(ErrorCode::bad_input, {"ascend", "1 is followed by 1"}));
  REQUIRE_THROWS_MATCHES(gene_course(counts, {0, 1}, {{0, 1}, {}}, ExpressionScale::log, executor), Error,
                         error_with(ErrorCode::bad_input, {"no cells at time 1"}));
}
