/// Wild types and knock-outs that share a network.
#include <limits>

#include "catch.hpp"
#include "cellmnn/lagged_network.hpp"
#include "genes/network_genes.hpp"
#include "lagged_system.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

LaggedNetwork of_both(const GeneCourse& wild_type, const GeneCourse& knock_out, Index gene,
                      Executor& executor) {
  const std::vector<Condition> conditions = {{&wild_type}, {&knock_out, {gene}}};
  return lagged_network(conditions, {}, executor);
}

/// The chain in which a gene never comes on.
LaggedSystem without(LaggedSystem system, Index gene) {
  system.effects.row(gene).setZero();
  system.offsets(gene) = -50;
  return system;
}

}  // namespace

TEST_CASE("a condition that comes twice changes nothing", "[lagged_network]") {
  SerialExecutor executor;
  const GeneCourse course = simulated(chain_of_genes(5), {0, 1, 2, 3}, 40);
  const std::vector<Condition> twice = {{&course}, {&course}};
  const Matrix<double> once = lagged_network(course, {}, executor).effects;
  CHECK((lagged_network(twice, {}, executor).effects - once).cwiseAbs().maxCoeff() < 1e-9);
}

TEST_CASE("what was measured of a held gene does not matter", "[lagged_network]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const LaggedSystem system = chain_of_genes(5);
  const std::vector<double> times = {0, 1, 2, 3};
  const GeneCourse wild_type = simulated(system, times, 40);
  GeneCourse knock_out = simulated(without(system, 2), times, 40);
  const LaggedNetwork network = of_both(wild_type, knock_out, 2, serial);
  Rng rng(5);
  for (double& level : knock_out.levels.col(2)) level = rng.uniform();
  CHECK(of_both(wild_type, knock_out, 2, reversed).effects == network.effects);
  CHECK(of_both(wild_type, knock_out, 3, serial).effects != network.effects);
}

TEST_CASE("a knock-out shows what two regulators that go together do", "[lagged_network]") {
  SerialExecutor executor;
  // Gene 2 and its copy, gene 4, which does nothing. Gene 3 follows gene 2.
  LaggedSystem system = chain_of_genes(4);
  const auto with_copy = [](const GeneCourse& course) {
    GeneCourse copied = course;
    copied.levels.conservativeResize(Eigen::NoChange, 5);
    copied.levels.col(4) = course.levels.col(2);
    return copied;
  };
  const std::vector<double> times = {0, 1, 2, 3, 4};
  const GeneCourse wild_type = with_copy(simulated(system, times, 150));
  GeneCourse knock_out = wild_type;
  const GeneCourse held = simulated(without(system, 2), times, 150);
  knock_out.levels.leftCols(4) = held.levels;  // the copy stays as in the wild type
  const Matrix<double> alone = lagged_network(wild_type, {}, executor).effects;
  CHECK(alone(2, 2) == Approx(alone(4, 2)).epsilon(0.01));  // cannot be told apart
  const Matrix<double> both = of_both(wild_type, knock_out, 2, executor).effects;
  CHECK(both(2, 2) > 2 * std::abs(both(4, 2)));
}

TEST_CASE("plans are made by the targets that vary most", "[lagged_network]") {
  GeneCourse course{{0, 1}, {0, 30, 60}, Matrix<double>::Zero(60, 2100)};
  Rng rng(6);
  for (double& level : course.levels.reshaped()) level = rng.uniform() < 0.5 ? 0 : 1;
  course.levels.leftCols(100) *= 0.1;
  const Condition alone{&course};
  LaggedOptions options;
  options.regulators = {5, 200};
  const NetworkGenes genes = network_genes(std::span(&alone, 1), options);
  CHECK(genes.targets.size() == 2100);
  REQUIRE(genes.planned.size() == 2000);
  CHECK(genes.planned.front() == 100);
  SerialExecutor serial;
  ReversedExecutor reversed;
  const LaggedNetwork network = lagged_network(course, options, serial);
  CHECK(network.effects.cols() == 2100);
  CHECK(network.effects.allFinite());
  CHECK(lagged_network(course, options, reversed).effects == network.effects);
}
