#include "simulation/grn.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/simulate.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinRel;

namespace {

Vector<double> drift(const GeneNetwork& network, const Vector<double>& state) {
  Rates flow;
  rates(network, state, flow);
  return flow.production - flow.degradation;
}

Vector<double> random_state(Rng& rng, Index genes) {
  Vector<double> state(genes);
  for (double& x : state) x = 0.3 + 2.5 * rng.uniform();
  return state;
}

Vector<double> runge_kutta_4(const GeneNetwork& network, Vector<double> x, double duration) {
  constexpr int kSteps = 50;
  const double h = duration / kSteps;
  for (int step = 0; step < kSteps; ++step) {
    const Vector<double> k1 = drift(network, x);
    const Vector<double> k2 = drift(network, x + h / 2 * k1);
    const Vector<double> k3 = drift(network, x + h / 2 * k2);
    const Vector<double> k4 = drift(network, x + h * k3);
    x += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return x;
}

}  // namespace

TEST_CASE("Edges have the signs of the Jacobian, and nothing else acts", "[grn]") {
  const Index genes = GENERATE(12, 24, 40);
  const GeneNetwork network = gene_network(genes);
  Eigen::MatrixXi signs = Eigen::MatrixXi::Zero(genes, genes);
  for (const NetworkEdge& edge : network.edges) {
    CHECK(edge.strength > 0);
    CHECK(signs(edge.target, edge.source) == 0);  // one edge a pair
    signs(edge.target, edge.source) = edge.sign;
  }

  constexpr double kStep = 1e-4;
  Rng rng(5);
  for (int trial = 0; trial < 3; ++trial) {
    const Vector<double> state = random_state(rng, genes);
    for (Index source = 0; source < genes; ++source) {
      Vector<double> above = state, below = state;
      above(source) += kStep;
      below(source) -= kStep;
      Vector<double> slope = (drift(network, above) - drift(network, below)) / (2 * kStep);
      slope(source) += network.genes[static_cast<std::size_t>(source)].decay;
      for (Index target = 0; target < genes; ++target) {
        const int sign = slope(target) > 1e-7 ? 1 : slope(target) < -1e-7 ? -1 : 0;
        CHECK(sign == signs(target, source));
      }
    }
  }
}

TEST_CASE("Production follows the documented formula", "[grn]") {
  const GeneNetwork network = gene_network(24);
  Rng rng(6);
  const Vector<double> state = random_state(rng, 24);
  Rates flow;
  rates(network, state, flow);
  for (Index g = 0; g < 24; ++g) {
    const Gene& gene = network.genes[static_cast<std::size_t>(g)];
    double activation = gene.basal, repression = 0;
    for (const NetworkEdge& edge : network.edges) {
      if (edge.target != g) continue;
      (edge.sign > 0 ? activation : repression) += std::pow(edge.strength * state(edge.source), 3);
    }
    const double occupancy = activation / (1 + activation + repression);
    CHECK_THAT(flow.production(g), WithinRel(gene.level * gene.decay * occupancy, 1e-12));
    CHECK_THAT(flow.degradation(g), WithinRel(gene.decay * state(g), 1e-12));
  }
}

TEST_CASE("Without noise a path is the solution of the rate equations", "[grn]") {
  SimulateOptions options;
  options.cells = 1;
  options.trajectories = 3;
  options.noise = 0;
  const Simulation simulation = simulate(options);
  const GeneNetwork network = gene_network(options.genes);
  const auto state = [&](Index path, Index t) {
    Vector<double> x(options.genes);
    for (Index g = 0; g < options.genes; ++g) {
      x(g) = static_cast<double>(simulation.trajectories(path, t, g));
    }
    return x;
  };
  // Development takes 17 units of the network's clock, a trajectory has 40 steps.
  for (Index path = 0; path < 3; ++path) {
    for (Index t = 0; t < 40; ++t) {
      const Vector<double> expected = runge_kutta_4(network, state(path, t), 17.0 / 40);
      const double moved = (expected - state(path, t)).norm();
      CHECK((state(path, t + 1) - expected).norm() < 0.02 + 0.1 * moved);
    }
  }
}
