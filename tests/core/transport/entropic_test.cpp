#include "transport/entropic.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"

using namespace cellmnn;

namespace {

Matrix<double> random_costs(Index n, Index m) {
  Rng rng(3);
  Matrix<double> costs(n, m);
  for (double& cost : costs.reshaped()) cost = rng.uniform();
  return costs;
}

}  // namespace

TEST_CASE("an entropic plan has uniform marginals and the form of its costs", "[entropic]") {
  const Matrix<double> costs = random_costs(7, 5);
  Matrix<double> plan = costs;
  make_entropic_plan(plan, 0.3);
  for (const double row : plan.rowwise().sum()) CHECK(row == Approx(1.0 / 7));
  for (const double column : plan.colwise().sum()) CHECK(column == Approx(1.0 / 5));

  // log plan = a_i + b_j - C_ij / eps, so that eps follows from any two rows and columns.
  Matrix<double> sorted = costs;
  std::sort(sorted.data(), sorted.data() + sorted.size());
  const double eps = 0.3 * sorted.data()[17];
  for (Index i = 1; i < 7; ++i) {
    for (Index j = 1; j < 5; ++j) {
      const double difference = costs(0, 0) + costs(i, j) - costs(0, j) - costs(i, 0);
      CHECK(std::log(plan(0, 0) * plan(i, j) / plan(0, j) / plan(i, 0)) == Approx(-difference / eps));
    }
  }
}

TEST_CASE("an even number of costs has its median between the middle two", "[entropic]") {
  Matrix<double> plan(2, 2);
  plan << 1, 2, 4, 3;
  make_entropic_plan(plan, 1);
  CHECK(std::log(plan(0, 0) * plan(1, 1) / plan(0, 1) / plan(1, 0)) == Approx((2 + 4 - 1 - 3) / 2.5));
}

TEST_CASE("costs that say little still give a plan", "[entropic]") {
  Matrix<double> alike = Matrix<double>::Zero(3, 4);
  make_entropic_plan(alike, 0.05);
  CHECK(alike.isApprox(Matrix<double>::Constant(3, 4, 1.0 / 12)));

  Matrix<double> mostly_zero = Matrix<double>::Zero(4, 4);
  mostly_zero(2, 1) = 100;
  make_entropic_plan(mostly_zero, 0.05);
  CHECK(mostly_zero.allFinite());
  CHECK(mostly_zero(2, 1) < 1e-6);

  Matrix<double> one = Matrix<double>::Constant(1, 1, 8);
  make_entropic_plan(one, 0.05);
  CHECK(one(0, 0) == Approx(1));
}

TEST_CASE("costs that are not finite are refused", "[entropic]") {
  Matrix<double> costs = random_costs(3, 3);
  costs(1, 2) = std::numeric_limits<double>::infinity();
  REQUIRE_THROWS_MATCHES(make_entropic_plan(costs, 0.05), Error,
                         error_with(ErrorCode::numerical, {"not finite"}));
}
