#include "cellmnn/fate_drivers.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;

namespace {

/// 100 genes of 200 cells; the fate follows gene 3 up and gene 5 down, gene 7 is constant.
struct Cells {
  Cells() : expression(200, 100), fate(200, 1) {
    Rng rng(4);
    for (Index i = 0; i < 200; ++i) {
      for (Index g = 0; g < 100; ++g) expression(i, g) = static_cast<float>(50 + rng.normal());
      expression(i, 7) = 3;
      fate(i, 0) = 1 / (1 + std::exp(static_cast<double>(expression(i, 5) - expression(i, 3))));
    }
  }

  Matrix<float> expression;
  Matrix<double> fate;
};

}  // namespace

TEST_CASE("drivers are the genes that a fate follows, with their direction", "[drivers]") {
  const Cells cells;
  SerialExecutor executor;
  const FateDrivers found = fate_drivers(cells.expression, cells.fate, {}, executor).front();
  CHECK(found.effect(3) > 1);
  CHECK(found.effect(5) < -1);
  CHECK(found.q(3) < 0.01);
  CHECK(found.q(5) < 0.01);
  CHECK(found.p(7) == 1);
  CHECK(found.effect(7) == 0);
  CHECK((found.q.array() < 0.1).count() <= 3);
  CHECK((found.q.array() >= found.p.array() - 1e-12).all());
}

TEST_CASE("a driver's difference and error are those of the quarters", "[drivers]") {
  const Cells cells;
  SerialExecutor executor;
  const FateDrivers found = fate_drivers(cells.expression, cells.fate, {}, executor).front();
  std::vector<std::pair<double, double>> order;
  for (Index i = 0; i < 200; ++i) order.emplace_back(cells.fate(i, 0), cells.expression(i, 11));
  std::stable_sort(order.begin(), order.end(), [](auto a, auto b) { return a.first < b.first; });
  Vector<double> low(50), high(50);
  for (std::size_t k = 0; k < 50; ++k) {
    low(static_cast<Index>(k)) = order[k].second;
    high(static_cast<Index>(k)) = order[150 + k].second;
  }
  const auto variance = [](const Vector<double>& x) { return (x.array() - x.mean()).square().sum() / 49; };
  CHECK(found.difference(11) == Approx(high.mean() - low.mean()).epsilon(1e-4));
  CHECK(found.error(11) == Approx(std::sqrt((variance(low) + variance(high)) / 50)).epsilon(1e-4));
}

TEST_CASE("p of genes without a fate is uniform, and there are few false discoveries", "[drivers]") {
  Cells cells;
  Rng rng(9);
  int with_discoveries = 0;
  double mean = 0;
  SerialExecutor executor;
  for (int run = 0; run < 40; ++run) {
    for (Index i = 0; i < 200; ++i) cells.fate(i, 0) = rng.uniform();
    const FateDrivers found = fate_drivers(cells.expression, cells.fate, {}, executor).front();
    mean += found.p.head(7).mean() / 40;
    with_discoveries += found.q.minCoeff() < 0.1;
  }
  CHECK(mean == Approx(0.5).margin(0.06));
  CHECK(with_discoveries <= 8);  // about 4 are to be expected
}

TEST_CASE("drivers do not depend on the order of work", "[drivers]") {
  const Cells cells;
  SerialExecutor serial;
  ReversedExecutor reversed;
  const auto one = fate_drivers(cells.expression, cells.fate, {}, serial);
  CHECK(one.front().p == fate_drivers(cells.expression, cells.fate, {}, reversed).front().p);
  CHECK(one.front().p != fate_drivers(cells.expression, cells.fate, {100, 1}, serial).front().p);
}

TEST_CASE("too few cells for quarters are refused", "[drivers]") {
  const Cells cells;
  SerialExecutor executor;
  CHECK_THROWS_MATCHES(fate_drivers(cells.expression.topRows(10), cells.fate.topRows(10), {}, executor),
                       Error, error_with(ErrorCode::bad_input, {"10 cells are too few"}));
}

TEST_CASE("genes that differ more at the end rank lower", "[drivers]") {
  const std::vector<Index> order =
      ranked_drivers(Eigen::Vector4d(1, -1.2, 0, 1), Eigen::Vector4d(1, -3, 2, 1));
  CHECK(order == std::vector<Index>{0, 3, 1, 2});
}

TEST_CASE("differences between quarters are those of the drivers", "[drivers]") {
  Matrix<float> x(40, 2);
  Matrix<double> p(40, 1);
  for (Index i = 0; i < 40; ++i) {
    p(i, 0) = static_cast<double>(i % 8);
    x.row(i) << static_cast<float>(i % 8), 3;
  }
  SerialExecutor executor;
  const Matrix<double> found = quarter_differences(x, p, executor);
  CHECK(found(0, 0) == Approx(6));
  CHECK(found(0, 1) == Approx(0).margin(1e-6));
  CHECK(found.row(0).transpose() == fate_drivers(x, p, {}, executor).front().difference);
  CHECK(differences_at_end(x, p, executor) == found);
  CHECK(differences_at_end(x.topRows(3), p.topRows(3), executor) == Matrix<double>::Zero(1, 2));
}
