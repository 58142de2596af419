#include "cellmnn/network_perturbation.hpp"

#include <cmath>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "lagged_system.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

/// The chain of genes as a network that is known, with expression of which level 1 is 2.
struct Known {
  LaggedSystem system = chain_of_genes(5);
  GeneCourse course = simulated(system, {0, 1, 3, 4, 6}, 10);
  LaggedNetwork network;

  Known() {
    course.tops.setConstant(5, 2);
    network.regulators = {0, 1, 2, 3, 4};
    network.targets = {1, 2, 3, 4};
    network.inputs = {0};
    network.effects = system.effects.bottomRows(4).transpose();
    network.offsets = system.offsets.tail(4);
  }
};

/// One state by the definition, one gene held at `level` (or none: -1), with memory.
std::vector<std::vector<double>> iterated(const Known& known, std::vector<double> z, Index from, Index gene,
                                          double level, double memory) {
  const auto hold = [&] {
    if (gene >= 0) z[static_cast<std::size_t>(gene)] = level;
  };
  hold();
  std::vector<std::vector<double>> path = {z};
  std::vector<double> carried = z;
  const std::vector<double>& t = known.course.times;
  for (auto k = static_cast<std::size_t>(from); k + 1 < t.size(); ++k) {
    const double e =
        memory > 0 && static_cast<Index>(k) > from ? std::exp(-(t[k + 1] - t[k]) / (memory * 6)) : 0;
    for (std::size_t g = 0; g < 5; ++g) carried[g] = e * carried[g] + (1 - e) * z[g];
    z[0] = carried[0] = 1;  // the stimulus is on after the first snapshot
    std::vector<double> next = z;
    for (std::size_t target = 1; target < 5; ++target) {
      double logit = known.system.offsets(static_cast<Index>(target));
      for (std::size_t g = 0; g < 5; ++g) {
        logit += known.system.effects(static_cast<Index>(target), static_cast<Index>(g)) * carried[g];
      }
      next[target] = logistic_of(logit);
    }
    z = next;
    hold();
    path.push_back(z);
  }
  return path;
}

}  // namespace

TEST_CASE("held genes are followed as the definition says", "[network_perturbation]") {
  const Known known;
  const std::vector<double> start = {0, 0.9, 0.1, 0.7, 0.4};
  const Matrix<double> states = Eigen::Map<const Matrix<double>>(start.data(), 1, 5);
  const Index from = GENERATE(0, 1, 4);
  const double memory = GENERATE(0.0, 0.3);
  const auto followed = followed_levels(known.course, known.network, memory, states, from, {{2, 0, 0.8}});
  const auto expected = iterated(known, start, from, 2, 0.4, memory);
  REQUIRE(followed.size() == expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    for (Index g = 0; g < 5; ++g) {
      INFO("snapshot " << k << ", gene " << g);
      CHECK(followed[k](0, g) == Approx(expected[k][static_cast<std::size_t>(g)]).epsilon(1e-12));
    }
  }
}

TEST_CASE("changes are means over cells, each with and without the held gene", "[network_perturbation]") {
  const Known known;
  const Matrix<double> changes = network_changes(known.course, known.network, 0, 1, {{1, 0, 0}});
  REQUIRE(changes.rows() == 4);
  Vector<double> expected = Vector<double>::Zero(5);
  for (Index i = 0; i < 10; ++i) {
    const Vector<double> cell = known.course.snapshot(1).row(i).transpose();
    const std::vector<double> start(cell.data(), cell.data() + 5);
    const auto held = iterated(known, start, 1, 1, 0, 0), free = iterated(known, start, 1, -1, 0, 0);
    for (Index g = 0; g < 5; ++g) {
      const auto at = static_cast<std::size_t>(g);
      expected(g) += (held.back()[at] - free.back()[at]) / 10;
    }
  }
  for (Index g = 0; g < 5; ++g) CHECK(changes(3, g) == Approx(expected(g)).margin(1e-12));
  CHECK(changes(3, 2) < -0.1);  // gene 1 activates it
  CHECK(network_changes(known.course, known.network, 0, 0, {}).isZero(0));
  CHECK(network_changes(known.course, known.network, 0, 2, {{3, 1, 0}}).isZero(1e-12));  // nothing is changed
}

TEST_CASE("changes of some cells are the means over these", "[network_perturbation]") {
  const Known known;
  const auto changes = [&](std::vector<Index> cells) {
    return network_changes(known.course, known.network, 0.3, {1, std::move(cells)}, {{1, 0, 0}});
  };
  const Matrix<double> some = changes({7, 2});
  CHECK((some - (changes({2}) + changes({7})) / 2).cwiseAbs().maxCoeff() < 1e-14);
  CHECK(some != changes({}));
  CHECK(changes({}) == network_changes(known.course, known.network, 0.3, 1, {{1, 0, 0}}));
  REQUIRE_THROWS_MATCHES(changes({10}), Error,
                         error_with(ErrorCode::bad_input, {"no cell 10 among the 10 of the snapshot"}));
}

TEST_CASE("doses are on expression, and levels end at 1", "[network_perturbation]") {
  const Known known;
  Matrix<double> states = Matrix<double>::Constant(1, 5, 0.3);
  const auto level = [&](double times, double plus) {
    return followed_levels(known.course, known.network, 0, states, 4, {{2, times, plus}}).front()(0, 2);
  };
  CHECK(level(2, 0) == Approx(0.6));
  CHECK(level(0, 0.5) == Approx(0.25));
  CHECK(level(1, 5) == 1);
}

TEST_CASE("a screen is each change by itself, from the mean state", "[network_perturbation]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const Known known;
  const std::vector<Index> genes = {4, 0, 2};
  const Matrix<double> screen = network_screen(known.course, known.network, 0.3, 1, 3, genes, 0, 0, serial);
  REQUIRE(screen.rows() == 3);
  const Matrix<double> mean = known.course.snapshot(1).colwise().mean();
  for (Index s = 0; s < 3; ++s) {
    const Index gene = genes[static_cast<std::size_t>(s)];
    const auto held = followed_levels(known.course, known.network, 0.3, mean, 1, {{gene, 0, 0}});
    const auto free = followed_levels(known.course, known.network, 0.3, mean, 1, {});
    CHECK((screen.row(s) - (held[2] - free[2])).cwiseAbs().maxCoeff() < 1e-14);
  }
  CHECK(screen == network_screen(known.course, known.network, 0.3, 1, 3, genes, 0, 0, reversed));
}

TEST_CASE("parts of a screen have the bits of the whole", "[network_perturbation]") {
  SerialExecutor executor;
  const Known known;
  std::vector<std::vector<GeneChange>> sets;
  for (Index s = 0; s < 2 * kSetsTogether + 3; ++s)
    sets.push_back({{s % 5, 1, 0.01 * static_cast<double>(s)}});
  const Matrix<double> whole = network_screen(known.course, known.network, 0.3, 0, 4, sets, executor);
  const Matrix<double> part = network_screen(
      known.course, known.network, 0.3, 0, 4,
      std::vector<std::vector<GeneChange>>(sets.begin() + kSetsTogether, sets.end()), executor);
  CHECK(whole.bottomRows(part.rows()) == part);
}

TEST_CASE("a screen is ranked by the change of all other genes", "[network_perturbation]") {
  Matrix<double> changes(2, 3);
  changes << 5, 0, 0.1,  //
      0.3, 7, -0.4;
  const std::vector<RankedRegulator> ranked = ranked_regulators(changes, {0, 1});
  REQUIRE(ranked.size() == 2);
  CHECK(ranked[0].gene == 1);
  CHECK(ranked[0].change == Approx(std::sqrt((0.3 * 0.3 + 0.4 * 0.4) / 2)));
  CHECK(ranked[0].most == 2);
  CHECK(ranked[0].change_of_most == -0.4);
  CHECK(ranked[1].gene == 0);
  CHECK(ranked[1].change == Approx(0.1 / std::sqrt(2)));
  CHECK(ranked[1].change_of_most == 0.1);
}

TEST_CASE("genes and snapshots that do not exist are refused", "[network_perturbation]") {
  const Known known;
  REQUIRE_THROWS_MATCHES(network_changes(known.course, known.network, 0, 0, {{5, 0, 0}}), Error,
                         error_with(ErrorCode::bad_input, {"no gene 5 among 5"}));
  REQUIRE_THROWS_MATCHES(network_changes(known.course, known.network, 0, 5, {}), Error,
                         error_with(ErrorCode::bad_input, {"no snapshot 5 among 5"}));
}

TEST_CASE("co-expression answers by regression on the changed gene", "[network_perturbation]") {
  Known known;
  Matrix<double>& levels = known.course.levels;
  for (Index i = 0; i < levels.rows(); ++i) {
    levels(i, 2) = 0.1 * static_cast<double>(i % 7);
    levels(i, 3) = 0.9 - 0.5 * levels(i, 2);
    levels(i, 4) = 0.4;
  }
  const Vector<double> changes = co_expression_changes(known.course, 2, -0.2);
  CHECK(changes(2) == Approx(-0.2));
  CHECK(changes(3) == Approx(0.1));
  CHECK(changes(4) == Approx(0).margin(1e-12));
  CHECK(co_expression_changes(known.course, 4, 1).isZero());
}

TEST_CASE("the size of a change leaves out held genes", "[network_perturbation]") {
  const Vector<double> change = Eigen::Vector3d(3, 4, 100);
  CHECK(size_of_change(change, {2}) == Approx(std::sqrt(12.5)));
  CHECK(size_of_change(change, {0, 1, 2}) == 0);
}

TEST_CASE("a screen of sets holds all genes of a set", "[network_perturbation]") {
  SerialExecutor executor;
  const Known known;
  const std::vector<std::vector<GeneChange>> sets = {{{1, 0, 0}}, {{1, 0, 0}, {3, 0, 2}}, {}};
  const Matrix<double> screen = network_screen(known.course, known.network, 0, 1, 4, sets, executor);
  const Matrix<double> mean = known.course.snapshot(1).colwise().mean();
  const auto free = followed_levels(known.course, known.network, 0, mean, 1, {});
  for (std::size_t s = 0; s < sets.size(); ++s) {
    const auto held = followed_levels(known.course, known.network, 0, mean, 1, sets[s]);
    const Matrix<double> expected = held.back() - free.back();
    CHECK((screen.row(static_cast<Index>(s)) - expected.row(0)).cwiseAbs().maxCoeff() < 1e-12);
  }
  CHECK((screen.row(0) - screen.row(1)).cwiseAbs().maxCoeff() > 0.01);
}
