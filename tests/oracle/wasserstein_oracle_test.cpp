/// Exact transport against LEMON's network simplex on the complete bipartite graph.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <cmath>
#include <cstdint>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/wasserstein.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

using Units = Eigen::Matrix<std::int64_t, Eigen::Dynamic, 1>;

// LEMON's simplex may cycle by rounding where many costs are equal, so it gets integer costs.
constexpr double kCostUnit = 0x1p-40;

/// Integer weights a and b with the same sum.
double lemon_value(const Matrix<double>& x, const Matrix<double>& y, TransportCost kind, const Units& a,
                   const Units& b) {
  const Index n = x.rows(), m = y.rows();
  lemon::SmartDigraph graph;
  graph.reserveNode(static_cast<int>(n + m));
  graph.reserveArc(static_cast<int>(n * m));
  for (Index v = 0; v < n + m; ++v) graph.addNode();
  const auto node = [&graph](Index v) { return graph.nodeFromId(static_cast<int>(v)); };
  lemon::SmartDigraph::NodeMap<std::int64_t> supply(graph);
  for (Index i = 0; i < n; ++i) supply[node(i)] = a(i);
  for (Index j = 0; j < m; ++j) supply[node(n + j)] = -b(j);
  lemon::SmartDigraph::ArcMap<std::int64_t> cost(graph);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < m; ++j) {
      const double square = (x.row(i) - y.row(j)).squaredNorm();
      const double value = kind == TransportCost::euclidean ? std::sqrt(square) : square;
      cost[graph.addArc(node(i), node(n + j))] = std::llround(value / kCostUnit);
    }
  }
  lemon::NetworkSimplex<lemon::SmartDigraph, std::int64_t, std::int64_t> simplex(graph);
  simplex.supplyMap(supply).costMap(cost);
  REQUIRE(simplex.run() == decltype(simplex)::OPTIMAL);
  return simplex.totalCost<double>() * kCostUnit / static_cast<double>(a.sum());
}

Matrix<double> points(Index n, Index dims, bool on_grid, double shift, std::uint64_t stream) {
  Rng rng(5, stream);
  Matrix<double> result(n, dims);
  for (double& value : result.reshaped()) {
    value = on_grid ? static_cast<double>(rng.below(5)) : rng.normal() + shift;
  }
  return result;
}

Units uniform(Index points, Index others) { return Units::Constant(points, others); }

/// Sum `total`, some of them 0.
Units uneven(Index points, std::int64_t total, std::uint64_t stream) {
  Rng rng(6, stream);
  Units units = Units::Zero(points);
  std::int64_t rest = total;
  for (std::int64_t& unit : units) {
    unit = std::min<std::int64_t>(rest, static_cast<std::int64_t>(rng.below(4)) * total / (2 * points));
    rest -= unit;
  }
  units(0) += rest;
  return units;
}

}  // namespace

TEST_CASE("transport equals LEMON's network simplex", "[oracle]") {
  const TransportCost kind = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  const auto [n, m] = GENERATE(table<Index, Index>({{1, 1},
                                                    {1, 30},
                                                    {30, 1},
                                                    {2, 3},
                                                    {17, 17},
                                                    {60, 45},
                                                    {128, 129},
                                                    {150, 600},
                                                    {600, 150},
                                                    {500, 500},
                                                    {700, 650}}));
  const Index dims = GENERATE(1, 2, 5, 10);
  const bool on_grid = GENERATE(false, true);
  const Matrix<double> x = points(n, dims, on_grid, 0, 1), y = points(m, dims, on_grid, 0.5, 2);
  INFO(n << " x " << m << ", " << dims << " dimensions, " << (on_grid ? "grid" : "normal"));

  const double expected = lemon_value(x, y, kind, uniform(n, m), uniform(m, n));
  CHECK_THAT(optimal_transport(x, y, kind).value, WithinRel(expected, 1e-9) || WithinAbs(expected, 1e-12));

  const std::int64_t total = 16 * n * m;
  const Units a = uneven(n, total, 1), b = uneven(m, total, 2);
  const double weighted = lemon_value(x, y, kind, a, b);
  CHECK_THAT(optimal_transport(x, y, kind, a.cast<double>(), b.cast<double>()).value,
             WithinRel(weighted, 1e-9) || WithinAbs(weighted, 1e-12));
}

TEST_CASE("transport equals LEMON's network simplex on sets of clusters", "[oracle]") {
  // Far clusters of unequal mass: much of the flow crosses between them.
  const TransportCost kind = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  Matrix<double> x = points(900, 3, false, 0, 3), y = points(800, 3, false, 0, 4);
  x.topRows(300).array() += 20;
  y.topRows(500).array() += 20;
  y.bottomRows(100).col(0).array() -= 50;
  const double expected = lemon_value(x, y, kind, uniform(900, 800), uniform(800, 900));
  CHECK_THAT(optimal_transport(x, y, kind).value, WithinRel(expected, 1e-9));
}
