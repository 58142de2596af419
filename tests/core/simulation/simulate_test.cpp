#include "cellmnn/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "simulation/grn.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

SimulateOptions few_cells() {
  SimulateOptions options;
  options.cells = 20;
  options.trajectories = 3;
  return options;
}

bool same_expression(const Simulation& a, const Simulation& b) {
  return std::equal(a.data.snapshots.begin(), a.data.snapshots.end(), b.data.snapshots.begin(),
                    b.data.snapshots.end(),
                    [](const Snapshot& x, const Snapshot& y) { return x.expression == y.expression; });
}

/// How far two groups lie apart: FateA1 - FateB1 split at 0, the distance of the means in units of the
/// standard deviation within the groups. One normal cloud has 2.65.
double separation(const Matrix<float>& expression, const GeneNetwork& network) {
  const Eigen::ArrayXf lead = expression.col(network.fate_a) - expression.col(network.fate_b);
  const auto side = (lead > 0).cast<float>();
  const float above = (lead * side).sum() / side.sum();
  const float below = (lead * (1 - side)).sum() / (1 - side).sum();
  const Eigen::ArrayXf rest = lead - side * above - (1 - side) * below;
  return (above - below) / std::sqrt(rest.square().mean());
}

auto usage(std::vector<std::string> parts) { return error_with(ErrorCode::usage, std::move(parts)); }

}  // namespace

TEST_CASE("A simulation has the shapes that were asked for", "[simulate]") {
  const Index genes = GENERATE(12, 24, 40);
  SimulateOptions options = few_cells();
  options.genes = genes;
  options.times = {2, 3, 4, 7};
  options.dims = 6;
  const Simulation simulation = simulate(options);

  REQUIRE_NOTHROW(validate(simulation.data));
  REQUIRE(simulation.data.snapshots.size() == 4);
  for (std::size_t k = 0; k < 4; ++k) {
    const Snapshot& snapshot = simulation.data.snapshots[k];
    CHECK(snapshot.time == options.times[k]);
    CHECK(snapshot.cells.rows() == 20);
    CHECK(snapshot.cells.cols() == 6);
    CHECK(snapshot.expression.rows() == 20);
    CHECK(snapshot.expression.cols() == genes);
    CHECK(snapshot.expression.minCoeff() >= 0);
    CHECK(simulation.fates[k].size() == 20);
  }
  CHECK(simulation.data.snapshots[3].label == "7");
  CHECK(simulation.trajectories.shape()[0] == 3);
  CHECK(simulation.trajectories.shape()[1] == static_cast<Index>(simulation.trajectory_times.size()));
  CHECK(simulation.trajectories.shape()[2] == genes);
  CHECK(simulation.trajectory_times.front() == 2);
  CHECK(simulation.trajectory_times.back() == 7);

  const GeneSpace& space = simulation.data.gene_space;
  CHECK(std::set<std::string>(space.genes.begin(), space.genes.end()).size() ==
        static_cast<std::size_t>(genes));
  CHECK(space.loadings.rows() == genes);
  CHECK(space.loadings.cols() == 6);
  CHECK(space.mean.size() == genes);
}

TEST_CASE("Latent coordinates are the projected expression", "[simulate]") {
  SimulateOptions options = few_cells();
  options.dropout = 0.2;
  const Simulation simulation = simulate(options);
  const GeneSpace& space = simulation.data.gene_space;
  for (const Snapshot& snapshot : simulation.data.snapshots) {
    const Matrix<float> projected = (snapshot.expression.rowwise() - space.mean.transpose()) * space.loadings;
    CHECK((projected - snapshot.cells).cwiseAbs().maxCoeff() < 1e-4F);
  }
}

TEST_CASE("Five components carry the dynamics", "[simulate]") {
  const Simulation simulation = simulate({});
  double kept = 0, all = 0;
  for (const Snapshot& snapshot : simulation.data.snapshots) {
    kept += snapshot.cells.squaredNorm();
    all += (snapshot.expression.rowwise() - simulation.data.gene_space.mean.transpose()).squaredNorm();
  }
  CHECK(kept / all > 0.95);
}

TEST_CASE("The seed decides every bit", "[simulate]") {
  SimulateOptions options = few_cells();
  const Simulation first = simulate(options);
  const Simulation second = simulate(options);
  CHECK(same_expression(first, second));
  CHECK(fingerprint(first.data) == fingerprint(second.data));
  CHECK(first.trajectories == second.trajectories);
  CHECK(first.fates == second.fates);

  options.seed = 2;
  const Simulation other = simulate(options);
  CHECK_FALSE(same_expression(first, other));
  CHECK(first.trajectories != other.trajectories);
}

TEST_CASE("A cell does not depend on how many others there are", "[simulate]") {
  SimulateOptions options = few_cells();
  const Simulation many = simulate(options);
  options.cells = 7;
  options.trajectories = 1;
  const Simulation few = simulate(options);
  for (std::size_t k = 0; k < few.data.snapshots.size(); ++k) {
    CHECK(few.data.snapshots[k].expression == many.data.snapshots[k].expression.topRows(7));
  }
}

TEST_CASE("Snapshots and trajectories have cells of their own", "[simulate]") {
  SimulateOptions options = few_cells();
  options.times = {0, 1e-9, 1};  // the second snapshot would repeat cells of the first if it shared any
  const Simulation simulation = simulate(options);
  const Matrix<float>& first = simulation.data.snapshots[0].expression;
  const auto nearest = [&](const auto& cell) { return (first.rowwise() - cell).rowwise().norm().minCoeff(); };
  for (const auto& cell : simulation.data.snapshots[1].expression.rowwise()) CHECK(nearest(cell) > 0.01F);
  for (Index path = 0; path < 3; ++path) {
    const Eigen::Map<const Eigen::RowVectorXf> start(&simulation.trajectories(path, 0, 0), options.genes);
    CHECK(nearest(start) > 0.01F);
  }
}

TEST_CASE("Development spans the whole range of times in any unit", "[simulate]") {
  SimulateOptions options = few_cells();
  const Simulation days = simulate(options);
  options.times = {10, 34, 58, 82, 106};
  const Simulation hours = simulate(options);
  CHECK(same_expression(days, hours));
  CHECK_THAT(hours.trajectory_times[20], WithinRel(58.0, 1e-12));
}

TEST_CASE("One progenitor population splits into two fates", "[simulate]") {
  SimulateOptions options;
  options.genes = GENERATE(12, 24, 40);
  options.seed = GENERATE(1U, 2U);
  options.cells = 200;
  options.trajectories = 0;
  const Simulation simulation = simulate(options);
  const GeneNetwork network = gene_network(options.genes);
  const auto share = [&](std::size_t k, int fate) {
    const std::vector<int>& fates = simulation.fates[k];
    return static_cast<double>(std::count(fates.begin(), fates.end(), fate)) /
           static_cast<double>(fates.size());
  };

  CHECK(share(0, 0) == 1);
  CHECK(share(1, 0) > 0.95);
  CHECK(share(2, 0) < 0.9);
  CHECK(share(3, 0) < 0.3);
  CHECK(share(4, 0) < 0.05);
  for (const int fate : {1, 2}) {
    CHECK(share(4, fate) > 0.3);
    CHECK(share(4, fate) < 0.7);
  }
  CHECK(separation(simulation.data.snapshots.front().expression, network) < 4);
  CHECK(separation(simulation.data.snapshots.back().expression, network) > 8);
}

TEST_CASE("The stem programme falls while the timer rises", "[simulate]") {
  const Simulation simulation = simulate(few_cells());
  const auto& snapshots = simulation.data.snapshots;
  const auto mean = [&](std::size_t k, Index gene) { return snapshots[k].expression.col(gene).mean(); };
  const std::vector<std::string>& genes = simulation.data.gene_space.genes;
  REQUIRE(genes[0] == "Timer1");
  REQUIRE(genes[2] == "Stem1");
  CHECK(mean(4, 0) > 4 * mean(0, 0));
  CHECK(mean(0, 2) > 4 * mean(4, 2));
}

TEST_CASE("Dropout loses the given share of values and changes no other", "[simulate]") {
  SimulateOptions options = few_cells();
  options.cells = 100;
  const Simulation whole = simulate(options);
  options.dropout = 0.3;
  const Simulation lossy = simulate(options);

  Index present = 0, lost = 0, changed = 0;
  for (std::size_t k = 0; k < whole.data.snapshots.size(); ++k) {
    const auto before = whole.data.snapshots[k].expression.array();
    const auto after = lossy.data.snapshots[k].expression.array();
    present += (before > 0).count();
    lost += (before > 0 && after == 0).count();
    changed += (after != 0 && after != before).count();
  }
  CHECK(changed == 0);
  CHECK_THAT(static_cast<double>(lost) / static_cast<double>(present), WithinAbs(0.3, 0.02));
  CHECK(lossy.trajectories == whole.trajectories);
}

TEST_CASE("Noise spreads the cells", "[simulate]") {
  SimulateOptions options;
  options.cells = 100;
  options.trajectories = 0;
  const auto spread = [&](double noise) {
    options.noise = noise;
    const Matrix<float> brake = simulate(options).data.snapshots.back().expression.col(1);
    return std::sqrt((brake.array() - brake.mean()).square().mean());
  };
  const float none = spread(0), little = spread(0.1), much = spread(0.3);
  CHECK(little > 2 * none);
  CHECK(much > 2 * little);
}

TEST_CASE("The returned network is the one of the kinetics", "[simulate]") {
  SimulateOptions options = few_cells();
  options.genes = GENERATE(12, 24, 40);
  const Simulation simulation = simulate(options);
  const GeneNetwork network = gene_network(options.genes);
  REQUIRE(simulation.network.size() == network.edges.size());
  for (std::size_t e = 0; e < network.edges.size(); ++e) {
    CHECK(simulation.network[e].source == network.edges[e].source);
    CHECK(simulation.network[e].target == network.edges[e].target);
    CHECK(simulation.network[e].sign == network.edges[e].sign);
    CHECK(simulation.network[e].strength == network.edges[e].strength);
  }
}

TEST_CASE("simulate refuses options out of range", "[simulate]") {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const auto refused = [](auto change, std::vector<std::string> parts) {
    SimulateOptions options = few_cells();
    change(options);
    REQUIRE_THROWS_MATCHES(simulate(options), Error, usage(std::move(parts)));
  };
  refused([](auto& o) { o.genes = 11; }, {"genes is 11", "12 to 40"});
  refused([](auto& o) { o.genes = 41; }, {"genes is 41"});
  refused([](auto& o) { o.times = {1}; }, {"times has length 1", "2 to"});
  refused([](auto& o) { o.times = {0, 2, 2}; }, {"times are 0, 2 and 2", "ascending"});
  refused([](auto& o) { o.times = {0, kNan}; }, {"times are 0 and nan"});
  refused([](auto& o) { o.cells = 0; }, {"cells is 0"});
  refused([](auto& o) { o.dims = 25; }, {"dims is 25", "1 to 24"});
  refused([](auto& o) { o.dims = 0; }, {"dims is 0"});
  refused(
      [](auto& o) {
        o.cells = 1;
        o.dims = 6;
      },
      {"dims is 6", "1 to 5"});
  refused([](auto& o) { o.trajectories = -1; }, {"paths is -1"});
  refused([](auto& o) { o.noise = -0.1; }, {"noise is -0.1"});
  refused([](auto& o) { o.noise = kNan; }, {"noise is nan"});
  refused([](auto& o) { o.dropout = 1; }, {"dropout is 1", "below 1"});
  refused([](auto& o) { o.dropout = -0.5; }, {"dropout is -0.5"});
}

TEST_CASE("A held gene stays at its level and changes the genes that it regulates", "[simulate]") {
  SimulateOptions options = few_cells();
  options.cells = 60;
  const Simulation wild = simulate(options);
  const auto mean_at_end = [](const Simulation& simulation, const std::string& name) {
    const auto& genes = simulation.data.gene_space.genes;
    return simulation.data.snapshots.back()
        .expression.col(std::find(genes.begin(), genes.end(), name) - genes.begin())
        .mean();
  };
  options.held = {{"TfA1", 0}, {"Brake1", 2}};
  const Simulation held = simulate(options);
  CHECK(mean_at_end(held, "TfA1") == 0);
  CHECK(mean_at_end(held, "Brake1") == 2);
  CHECK(mean_at_end(held, "TfA2") < 0.5F * mean_at_end(wild, "TfA2"));  // TfA1 activates TfA2
  CHECK(held.network.size() == wild.network.size());

  // With one seed the two differ by the effect of the gene alone: nothing acts on Timer1.
  const auto& genes = wild.data.gene_space.genes;
  const Index timer = std::find(genes.begin(), genes.end(), "Timer1") - genes.begin();
  CHECK(held.data.snapshots[1].expression.col(timer) == wild.data.snapshots[1].expression.col(timer));
}

TEST_CASE("A held gene that is not there, or below 0, is refused", "[simulate]") {
  SimulateOptions options = few_cells();
  options.held = {{"Nanog", 0}};
  REQUIRE_THROWS_MATCHES(simulate(options), Error, usage({"hold", "Nanog", "Timer1"}));
  options.held = {{"Timer1", -1}};
  REQUIRE_THROWS_MATCHES(simulate(options), Error, usage({"hold", "Timer1", "-1"}));
}
