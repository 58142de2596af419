#include "cellmnn/small_systems.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "error_matcher.hpp"

using namespace cellmnn;

namespace {

SmallSimulation simulated(const std::string& system, std::vector<double> times = {0, 1, 2, 3, 4}) {
  SmallSystemOptions options;
  options.system = system;
  options.times = std::move(times);
  return simulate_small(options);
}

/// Of a gene in a snapshot, of cells of one kind; of all cells if it is -1.
double mean(const SmallSimulation& of, std::size_t snapshot, Index gene, int kind = -1) {
  double sum = 0;
  int count = 0;
  for (Index n = 0; n < of.simulation.data.snapshots[snapshot].cells.rows(); ++n) {
    if (kind >= 0 && of.simulation.fates[snapshot][static_cast<std::size_t>(n)] != kind) continue;
    sum += of.simulation.data.snapshots[snapshot].cells(n, gene);
    ++count;
  }
  return sum / count;
}

double share(const SmallSimulation& of, std::size_t snapshot, int kind) {
  return static_cast<double>(
             std::count(of.simulation.fates[snapshot].begin(), of.simulation.fates[snapshot].end(), kind)) /
         static_cast<double>(of.simulation.fates[snapshot].size());
}

/// Correlation of two genes over the cells of all snapshots.
double correlation(const SmallSimulation& of, Index a, Index b) {
  double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (const Snapshot& snapshot : of.simulation.data.snapshots) {
    for (Index i = 0; i < snapshot.cells.rows(); ++i) {
      const double x = snapshot.cells(i, a), y = snapshot.cells(i, b);
      n += 1, sa += x, sb += y, saa += x * x, sbb += y * y, sab += x * y;
    }
  }
  return (sab - sa * sb / n) / std::sqrt((saa - sa * sa / n) * (sbb - sb * sb / n));
}

bool acts(const SmallSimulation& of, Index source, Index target) {
  return std::any_of(of.simulation.network.begin(), of.simulation.network.end(),
                     [&](const NetworkEdge& edge) { return edge.source == source && edge.target == target; });
}

}  // namespace

TEST_CASE("Each small system has the shapes that were asked for, and is the same twice", "[small_systems]") {
  const std::string name = GENERATE(from_range(small_systems()));
  CAPTURE(name);
  const SmallSimulation once = simulated(name), again = simulated(name);
  REQUIRE_NOTHROW(validate_for_training(once.simulation.data));
  CHECK(once.simulation.data.snapshots.size() == 5);
  const Index measured = once.simulation.data.dims();
  CHECK(once.simulation.data.gene_space.genes.size() == static_cast<std::size_t>(measured));
  CHECK(once.simulation.trajectories.shape()[0] == 40);
  CHECK(once.simulation.trajectories.shape()[2] == measured);
  CHECK(once.simulation.trajectory_times.back() == 4);
  CHECK(once.simulation.data.snapshots[3].cells == again.simulation.data.snapshots[3].cells);
  CHECK(once.simulation.data.snapshots[3].cells.minCoeff() >= 0);
  for (const std::vector<int>& kinds : once.simulation.fates) {
    CHECK(kinds.size() == 200);
    CHECK(*std::max_element(kinds.begin(), kinds.end()) < static_cast<int>(once.kinds.size()));
  }
}

TEST_CASE("A switch sends cells that set out alike to two fates", "[small_systems]") {
  const SmallSimulation of = simulated("switch");
  CHECK(share(of, 0, 0) > 0.95);
  CHECK(share(of, 4, 0) < 0.05);
  CHECK(share(of, 4, 1) > 0.35);
  CHECK(share(of, 4, 2) > 0.35);
}

TEST_CASE("A repressilator goes round and round", "[small_systems]") {
  SmallSystemOptions options;
  options.system = "repressilator";
  options.noise = 0;
  options.trajectories = 1;
  const SmallSimulation of = simulate_small(options);
  int crossings = 0;
  const Index times = of.simulation.trajectories.shape()[1];
  double late_low = 1e9, late_high = 0;
  for (Index t = 1; t < times; ++t) {
    const auto lead = [&](Index at) {
      return of.simulation.trajectories(0, at, 0) - of.simulation.trajectories(0, at, 1);
    };
    crossings += lead(t - 1) * lead(t) < 0 ? 1 : 0;
    if (t < times / 2) continue;
    late_low = std::min<double>(late_low, of.simulation.trajectories(0, t, 0));
    late_high = std::max<double>(late_high, of.simulation.trajectories(0, t, 0));
  }
  CHECK(crossings >= 5);
  CHECK(late_high > 2 * late_low);
}

TEST_CASE("Cells of two kinds converge", "[small_systems]") {
  const SmallSimulation of = simulated("convergence");
  CHECK(mean(of, 0, 0, 0) - mean(of, 0, 0, 1) > 2);
  for (Index gene = 0; gene < 3; ++gene) CHECK(std::abs(mean(of, 4, gene, 0) - mean(of, 4, gene, 1)) < 0.1);
  CHECK(mean(of, 4, 2) > 2);
}

TEST_CASE("Decay beside a rise looks like repression", "[small_systems]") {
  const SmallSimulation of = simulated("decay");
  CHECK(of.simulation.network.empty());
  CHECK(correlation(of, 0, 1) < -0.6);
}

TEST_CASE("Growth changes shares, and no cell changes its kind", "[small_systems]") {
  const SmallSimulation of = simulated("growth");
  CHECK(std::abs(share(of, 0, 0) - 0.5) < 0.1);
  CHECK(share(of, 4, 0) > 0.9);
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(mean(of, k, 0, 0) > mean(of, k, 1, 0) + 2);
    CHECK(mean(of, k, 1, 1) > mean(of, k, 0, 1) + 2);
  }
}

TEST_CASE("A pulse is not seen at the first and the last time", "[small_systems]") {
  const SmallSimulation of = simulated("pulse");
  const double before = mean(of, 0, 1), between = mean(of, 1, 1), after = mean(of, 4, 1);
  CAPTURE(before, between, after, mean(of, 2, 1));
  CHECK(between > 4 * std::max(before, after));
}

TEST_CASE("A hidden gene makes two others alike that do not act on each other", "[small_systems]") {
  const SmallSimulation of = simulated("confounder");
  CHECK(of.simulation.data.gene_space.genes == std::vector<std::string>{"Early", "Late"});
  CHECK(of.genes.back() == "Hidden");
  CHECK(correlation(of, 0, 1) > 0.7);
  CHECK_FALSE(acts(of, 0, 1));
  CHECK(acts(of, 2, 0));
  CHECK(acts(of, 2, 1));
  CHECK(mean(of, 1, 0) > 2 * mean(of, 1, 1));
}

TEST_CASE("A gene that is knocked out in a small system changes what it acts on", "[small_systems]") {
  SmallSystemOptions options;
  options.system = "switch";
  options.knocked_out = "A";
  const SmallSimulation of = simulate_small(options);
  CHECK(mean(of, 4, 0) == 0);
  CHECK(share(of, 4, 2) > 0.95);

  options.system = "decay";
  options.knocked_out = "New";
  CHECK(mean(simulate_small(options), 4, 0) == mean(simulated("decay"), 4, 0));
}

TEST_CASE("Small systems refuse what they cannot simulate", "[small_systems]") {
  const auto usage = [](std::vector<std::string> parts) {
    return error_with(ErrorCode::usage, std::move(parts));
  };
  SmallSystemOptions options;
  options.system = "swich";
  CHECK_THROWS_MATCHES(simulate_small(options), Error, usage({"system is 'swich'", "switch, repressilator"}));
  options.system = "switch";
  options.knocked_out = "C";
  CHECK_THROWS_MATCHES(simulate_small(options), Error, usage({"'C'", "A, B"}));
  options.knocked_out.clear();
  options.times = {0};
  CHECK_THROWS_MATCHES(simulate_small(options), Error, usage({"times", "2 to"}));
  options.times = {0, 1};
  options.cells = 0;
  CHECK_THROWS_MATCHES(simulate_small(options), Error, usage({"cells is 0"}));
}
