#include "transport/assignment.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "catch.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

double total(const Matrix<double>& cost, const std::vector<Index>& column_of) {
  double sum = 0;
  for (Index i = 0; i < cost.rows(); ++i) sum += cost(i, column_of[static_cast<std::size_t>(i)]);
  return sum;
}

std::vector<Index> first_rows(Index n) {
  std::vector<Index> rows(static_cast<std::size_t>(n));
  std::iota(rows.begin(), rows.end(), Index{0});
  return rows;
}

}  // namespace

TEST_CASE("an assignment is the best of all permutations", "[assignment][flow_matching]") {
  for (Index n = 0; n <= 6; ++n) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Matrix<double> cost = random_matrix(n, n, seed);
      if (seed % 2 == 1) cost = (3 * cost).array().round().matrix().eval();  // with many ties
      std::vector<Index> permutation = first_rows(n);
      double best = std::numeric_limits<double>::infinity();
      do best = std::min(best, total(cost, permutation));
      while (std::next_permutation(permutation.begin(), permutation.end()));

      std::vector<Index> got = optimal_assignment(cost);
      CHECK(total(cost, got) == Approx(best).margin(1e-12));
      std::sort(got.begin(), got.end());
      CHECK(got == first_rows(n));
    }
  }
}
