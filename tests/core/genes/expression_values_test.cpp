#include "cellmnn/expression_values.hpp"

#include "catch.hpp"
#include "error_matcher.hpp"
#include "sparse_data.hpp"

using namespace cellmnn;
using cellmnn::testing::sparse;

TEST_CASE("Whole numbers are counts unless they are said to be logarithms", "[genes]") {
  const SparseMatrix counts = sparse((Matrix<float>(2, 2) << 0, 3, 200, 1).finished());
  const SparseMatrix logs = sparse((Matrix<float>(2, 2) << 0, 0.5, 2.25, -1).finished());
  const SparseMatrix small = sparse((Matrix<float>(1, 2) << 1, 2).finished());
  CHECK(expression_scale(counts) == ExpressionScale::counts);
  CHECK(expression_scale(logs) == ExpressionScale::log);
  CHECK(expression_scale(small, ExpressionScale::log) == ExpressionScale::log);
  CHECK(expression_scale(sparse(Matrix<float>::Zero(2, 2))) == ExpressionScale::counts);
  CHECK_THROWS_MATCHES(expression_scale(logs, ExpressionScale::counts), Error,
                       error_with(ErrorCode::bad_input, {"values is counts, but not all"}));
  CHECK_THROWS_MATCHES(expression_scale(sparse((Matrix<float>(1, 2) << 0.5, 31).finished())), Error,
                       error_with(ErrorCode::bad_input, {"the largest value is 31, too large"}));
}

TEST_CASE("A gene varies if its values differ, zeros included", "[genes]") {
  const SparseMatrix values = sparse((Matrix<float>(2, 4) << 0, 0, 2, 2, 0, 1, 2, 3).finished());
  CHECK(varying_genes(values) == std::vector<bool>{false, true, false, true});
}
