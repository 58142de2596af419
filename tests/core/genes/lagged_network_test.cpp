#include "cellmnn/lagged_network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"
#include "lagged_system.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

std::vector<Index> shuffled(Index count, Rng& rng) {
  std::vector<Index> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t last = order.size() - 1; last > 0; --last) {
    std::swap(order[last], order[static_cast<std::size_t>(rng.below(last + 1))]);
  }
  return order;
}

}  // namespace

TEST_CASE("effects of a known system are found again where it is known which cell comes from which",
          "[lagged_network]") {
  SerialExecutor executor;
  const Index genes = 5, steps = 10000;
  Rng rng(4);
  Matrix<double> effects(genes, genes);
  for (double& effect : effects.reshaped()) effect = 2 * rng.normal();
  const Vector<double> offsets = -effects.rowwise().mean();

  // One cell a snapshot, so that plans have no choice.
  GeneCourse course{{}, {0}, Matrix<double>::Constant(steps, genes, 0.5)};
  for (Index k = 0; k < steps; ++k) {
    course.times.push_back(static_cast<double>(k));
    course.starts.push_back(k + 1);
    if (k == 0) continue;
    for (Index g = 0; g < genes; ++g) {
      const double mean = logistic_of(effects.row(g).dot(course.levels.row(k - 1)) + offsets(g));
      course.levels(k, g) = mean + (2 * rng.uniform() - 1) * std::min(mean, 1 - mean);
    }
  }
  LaggedOptions options;
  options.ridge = 1e-6;
  options.rounds = 0;
  const LaggedNetwork network = lagged_network(course, options, executor);
  const Matrix<double> found = network.effects.transpose();
  INFO("found\n" << found << "\ntrue\n" << effects);
  CHECK((found - effects).cwiseAbs().maxCoeff() < 0.1 * effects.cwiseAbs().maxCoeff());
  CHECK((network.offsets - offsets).cwiseAbs().maxCoeff() < 0.5);
}

TEST_CASE("the strongest regulators are the true ones where nothing pairs the cells", "[lagged_network]") {
  SerialExecutor executor;
  const LaggedSystem system = chain_of_genes(6);
  const LaggedNetwork network = lagged_network(simulated(system, {0, 1, 2, 3, 4, 5, 6}, 150), {}, executor);
  const Matrix<double> scores = rank_scores(network);
  for (std::size_t t = 0; t < network.targets.size(); ++t) {
    const Index target = network.targets[t];
    Index strongest = 0;
    scores.col(static_cast<Index>(t)).cwiseAbs().maxCoeff(&strongest);
    INFO("target " << target << ": " << scores.col(static_cast<Index>(t)).transpose());
    CHECK(strongest == target - 1);
    CHECK(scores(strongest, static_cast<Index>(t)) > 0);
  }
  CHECK(scores(5, 0) < 0);
}

TEST_CASE("the order of cells and of genes does not matter, nor that of work", "[lagged_network]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const GeneCourse course = simulated(chain_of_genes(6), {0, 1, 2}, 40);
  const LaggedNetwork network = lagged_network(course, {}, serial);
  CHECK(network.effects == lagged_network(course, {}, reversed).effects);

  Rng rng(8);
  const GeneCourse other_cells = subset_of(course, {shuffled(40, rng), shuffled(40, rng), shuffled(40, rng)});
  CHECK(network.effects.isApprox(lagged_network(other_cells, {}, serial).effects, 1e-9));

  const std::vector<Index> genes = shuffled(6, rng);
  GeneCourse other_genes = course;
  other_genes.levels = course.levels(Eigen::all, genes).eval();
  const LaggedNetwork permuted = lagged_network(other_genes, {}, serial);
  const auto effect = [](const LaggedNetwork& of, Index regulator, Index target) {
    const auto at = std::find(of.targets.begin(), of.targets.end(), target);
    return at == of.targets.end() ? 0 : of.effects(regulator, at - of.targets.begin());
  };
  for (Index r = 0; r < 6; ++r) {
    for (Index t = 0; t < 6; ++t) {
      const Index old_r = genes[static_cast<std::size_t>(r)], old_t = genes[static_cast<std::size_t>(t)];
      CHECK(effect(permuted, r, t) == Approx(effect(network, old_r, old_t)).margin(1e-9));
    }
  }
}

TEST_CASE("a stimulus is an input and not a target", "[lagged_network]") {
  SerialExecutor executor;
  const GeneCourse course = simulated(chain_of_genes(4), {0, 1, 2, 3}, 30);
  const LaggedNetwork network = lagged_network(course, {}, executor);
  CHECK(network.inputs == std::vector<Index>{0});
  CHECK(network.targets == std::vector<Index>{1, 2, 3});
  CHECK(network.regulators == std::vector<Index>{0, 1, 2, 3});

  LaggedOptions options;
  options.regulators = {1, 3};
  options.inputs = {2};
  const LaggedNetwork declared = lagged_network(course, options, executor);
  CHECK(declared.inputs == std::vector<Index>{0, 2});
  CHECK(declared.regulators == std::vector<Index>{0, 1, 2, 3});
  CHECK(declared.targets == std::vector<Index>{1, 3});
}

TEST_CASE("only regulators act", "[lagged_network]") {
  SerialExecutor executor;
  LaggedOptions options;
  options.regulators = {1, 4};
  const LaggedNetwork network = lagged_network(simulated(chain_of_genes(5), {0, 1}, 30), options, executor);
  CHECK(network.regulators == std::vector<Index>{0, 1, 4});  // the stimulus always may
  CHECK(network.effects.rows() == 3);
  CHECK(network.effects.cols() == 4);
}

TEST_CASE("edges are ranked beside the strongest of their target", "[lagged_network]") {
  LaggedNetwork network;
  network.regulators = {0, 2};
  network.targets = {1, 2};
  network.effects.resize(2, 2);
  network.effects << -4, 1,  //
      1, 9;
  const Matrix<double> scores = rank_scores(network);
  CHECK(scores(0, 0) == Approx(-2));
  CHECK(scores(1, 0) == Approx(0.5));
  CHECK(scores(0, 1) == Approx(1));
  CHECK(scores(1, 1) == 0);  // gene 2 on itself
  network.effects.setZero();
  CHECK(rank_scores(network).isZero(0));
}

TEST_CASE("regulators are remembered where snapshots follow fast", "[lagged_network]") {
  std::vector<double> times(15);
  std::iota(times.begin(), times.end(), 0);
  CHECK(usual_memory(times) == 0);
  times.push_back(15);
  CHECK(usual_memory(times) == 0.05);
}

TEST_CASE("small courses are fitted, too", "[lagged_network]") {
  SerialExecutor executor;
  const LaggedNetwork network = lagged_network(simulated(chain_of_genes(3), {0, 1}, 1), {}, executor);
  CHECK(network.effects.allFinite());
}

TEST_CASE("what no network can be fitted to is refused", "[lagged_network]") {
  SerialExecutor executor;
  const GeneCourse course = simulated(chain_of_genes(3), {0, 1, 2}, 10);
  const auto refused = [&](const GeneCourse& data, const LaggedOptions& options, ErrorCode code,
                           const std::vector<std::string>& words) {
    REQUIRE_THROWS_MATCHES(lagged_network(data, options, executor), Error, error_with(code, words));
  };
  refused(simulated(chain_of_genes(3), {0}, 10), {}, ErrorCode::bad_input, {"1 time", "at least two"});
  LaggedOptions options;
  options.regulators = {3};
  refused(course, options, ErrorCode::bad_input, {"no gene 3 among 3"});
  options.regulators.clear();
  options.inputs = {0, 1, 2};
  refused(course, options, ErrorCode::bad_input, {"nothing to explain"});
  options.inputs.clear();
  options.ridge = 0;
  refused(course, options, ErrorCode::usage, {"ridge is 0"});
  options.ridge = 1;
  options.memory = -1;
  refused(course, options, ErrorCode::usage, {"memory is -1"});
}
