#include "cellmnn/growing_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "simulation/grn.hpp"

using namespace cellmnn;

namespace {

SimulateOptions some_cells(Index cells = 200) {
  SimulateOptions options;
  options.cells = cells;
  options.trajectories = 0;
  options.genes = 12;
  return options;
}

double share_of(const std::vector<int>& fates, int fate) {
  return static_cast<double>(std::count(fates.begin(), fates.end(), fate)) /
         static_cast<double>(fates.size());
}

auto usage(std::vector<std::string> parts) { return error_with(ErrorCode::usage, std::move(parts)); }

}  // namespace

TEST_CASE("rates of growth are those of the state", "[growing_simulation]") {
  const SimulateOptions options = some_cells(50);
  const GrowingSimulation grown = simulate_growing(options, {0.6, 0.3});
  const GeneNetwork network = gene_network(options.genes);
  REQUIRE(grown.growth.size() == options.times.size());
  for (std::size_t k = 0; k < options.times.size(); ++k) {
    const Matrix<float>& expression = grown.simulation.data.snapshots[k].expression;
    REQUIRE(expression.rows() == 50);
    for (Index n = 0; n < 50; ++n) {
      const auto part = [&](Index gene) {
        return std::min(1.0, expression(n, gene) / network.genes[static_cast<std::size_t>(gene)].level);
      };
      CHECK(grown.growth[k](n) ==
            Approx(0.6 * part(network.fate_a) - 0.3 * part(network.fate_b)).margin(1e-6));
    }
  }
}

TEST_CASE("a population grows as its cells do", "[growing_simulation]") {
  const SimulateOptions options = some_cells(400);
  const GrowingSimulation grown = simulate_growing(options, {0.5, 0.2});
  CHECK(grown.sizes.front() == Approx(400).epsilon(0.02));  // nothing is expressed yet
  CHECK(grown.sizes.back() > 600);
  for (std::size_t k = 1; k < grown.sizes.size(); ++k) {
    // Of a large population the size changes by the mean rate of its cells (trapezoidal rule).
    const double rate = (grown.growth[k - 1].mean() + grown.growth[k].mean()) / 2;
    CHECK(std::log(grown.sizes[k] / grown.sizes[k - 1]) == Approx(rate).margin(0.1));
  }
  const std::vector<int>& with = grown.simulation.fates.back();
  const std::vector<int> without = simulate(options).fates.back();
  CHECK(share_of(with, 1) > share_of(without, 1) + 0.1);
  CHECK(share_of(with, 2) < share_of(without, 2) - 0.1);
}

TEST_CASE("where nothing divides or dies, cells are as many as they were", "[growing_simulation]") {
  const SimulateOptions options = some_cells(40);
  const GrowingSimulation grown = simulate_growing(options, {});
  CHECK(grown.sizes == std::vector<double>(options.times.size(), 40.0));
  for (const Vector<double>& rates : grown.growth) CHECK(rates.isZero());
  const GrowingSimulation again = simulate_growing(options, {});
  CHECK(fingerprint(grown.simulation.data) == fingerprint(again.simulation.data));
}

TEST_CASE("sisters are different cells", "[growing_simulation]") {
  const GrowingSimulation grown = simulate_growing(some_cells(60), {1, 0});
  const Matrix<float>& last = grown.simulation.data.snapshots.back().expression;
  for (Index i = 0; i < last.rows(); ++i) {
    for (Index j = 0; j < i; ++j) CHECK((last.row(i) - last.row(j)).norm() > 1e-3F);
  }
}

TEST_CASE("where many die there are more founders, and at last an error", "[growing_simulation]") {
  SimulateOptions options = some_cells(60);
  options.held = {{"FateB1", 5}};
  const GrowingSimulation few = simulate_growing(options, {0, 0.5});
  CHECK(few.sizes.back() == Approx(60 * std::exp(-0.5 * 4)).epsilon(0.5));
  CHECK_THROWS_MATCHES(simulate_growing(options, {0, 1.2}), Error,
                       usage({"death", "1.2", "nearly all cells are dead at time 4"}));
}

TEST_CASE("rates out of range are refused", "[growing_simulation]") {
  CHECK_THROWS_MATCHES(simulate_growing(some_cells(), {-1, 0}), Error, usage({"division", "-1", "1.25"}));
  CHECK_THROWS_MATCHES(simulate_growing(some_cells(), {0, 2}), Error, usage({"death", "2", "1.25"}));
}
