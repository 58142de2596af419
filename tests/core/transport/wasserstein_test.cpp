#include "cellmnn/wasserstein.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"

using namespace cellmnn;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

Matrix<double> normal_points(Index n, Index dims, std::uint64_t stream) {
  Rng rng(7, stream);
  Matrix<double> points(n, dims);
  for (double& value : points.reshaped()) value = rng.normal();
  return points;
}

/// Integer coordinates in [0, side): many equal distances, and duplicates.
Matrix<double> grid_points(Index n, Index dims, std::uint64_t side, std::uint64_t stream) {
  Rng rng(11, stream);
  Matrix<double> points(n, dims);
  for (double& value : points.reshaped()) value = static_cast<double>(rng.below(side));
  return points;
}

Vector<double> random_weights(Index n, std::uint64_t stream) {
  Rng rng(13, stream);
  Vector<double> weights(n);
  for (double& value : weights) value = rng.uniform();
  return weights;
}

double cost_between(const Matrix<double>& x, Index i, const Matrix<double>& y, Index j, TransportCost kind) {
  const double square = (x.row(i) - y.row(j)).squaredNorm();
  return kind == TransportCost::euclidean ? std::sqrt(square) : square;
}

/// Checks everything that makes `transport` an optimal plan: marginals, value, dual bound.
void check_certificate(const Transport& transport, const Matrix<double>& x, const Matrix<double>& y,
                       TransportCost kind, Vector<double> a = {}, Vector<double> b = {}) {
  const Index n = x.rows(), m = y.rows();
  if (a.size() == 0) a.setOnes(n);
  if (b.size() == 0) b.setOnes(m);
  a /= a.sum();
  b /= b.sum();
  double largest_cost = 0, most_violated = 0;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < m; ++j) {
      const double cost = cost_between(x, i, y, j, kind);
      largest_cost = std::max(largest_cost, cost);
      most_violated = std::max(most_violated, transport.source_dual(i) + transport.target_dual(j) - cost);
    }
  }
  const double scale = largest_cost > 0 ? largest_cost : 1;
  CHECK(most_violated <= 1e-13 * scale);

  double value = 0;
  Vector<double> sent = Vector<double>::Zero(n), received = Vector<double>::Zero(m);
  std::pair<Index, Index> previous{-1, -1};
  for (const TransportEntry& entry : transport.plan) {
    REQUIRE(entry.mass > 0);
    REQUIRE(std::pair(entry.source, entry.target) > previous);
    previous = {entry.source, entry.target};
    sent(entry.source) += entry.mass;
    received(entry.target) += entry.mass;
    value += entry.mass * cost_between(x, entry.source, y, entry.target, kind);
  }
  CHECK(static_cast<Index>(transport.plan.size()) <= n + m - 1);
  CHECK((sent - a).lpNorm<Eigen::Infinity>() <= 1e-14);
  CHECK((received - b).lpNorm<Eigen::Infinity>() <= 1e-14);
  CHECK(std::abs(transport.value - value) <= 1e-13 * scale);
  const double bound = a.dot(transport.source_dual) + b.dot(transport.target_dual);
  CHECK(std::abs(transport.gap - (value - bound)) <= 1e-13 * scale);
  CHECK(std::abs(transport.gap) <= 4e-12 * scale);
}

/// Between equally many points of one dimension the sorted order is optimal.
double sorted_mean_cost(const Matrix<double>& x, const Matrix<double>& y, TransportCost kind) {
  Matrix<double> p = x, q = y;
  std::sort(p.data(), p.data() + p.size());
  std::sort(q.data(), q.data() + q.size());
  double sum = 0;
  for (Index i = 0; i < p.rows(); ++i) sum += cost_between(p, i, q, i, kind);
  return sum / static_cast<double>(p.rows());
}

double best_permutation_mean_cost(const Matrix<double>& x, const Matrix<double>& y, TransportCost kind) {
  std::vector<Index> order(static_cast<std::size_t>(y.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  double best = std::numeric_limits<double>::infinity();
  do {
    double sum = 0;
    for (Index i = 0; i < x.rows(); ++i)
      sum += cost_between(x, i, y, order[static_cast<std::size_t>(i)], kind);
    best = std::min(best, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  return best / static_cast<double>(x.rows());
}

}  // namespace

TEST_CASE("transport: equals the best permutation of a few points", "[wasserstein]") {
  const TransportCost kind = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  const Index n = GENERATE(1, 2, 5, 7), dims = GENERATE(1, 3);
  const bool on_grid = GENERATE(false, true);
  const Matrix<double> x = on_grid ? grid_points(n, dims, 3, 1) : normal_points(n, dims, 1);
  const Matrix<double> y = on_grid ? grid_points(n, dims, 3, 2) : normal_points(n, dims, 2);
  const Transport transport = optimal_transport(x, y, kind);
  CHECK_THAT(transport.value, WithinAbs(best_permutation_mean_cost(x, y, kind), 1e-14));
  check_certificate(transport, x, y, kind);
}

TEST_CASE("transport: equals the sorted order in one dimension", "[wasserstein]") {
  const TransportCost kind = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  const Index n = GENERATE(2, 30, 700);
  const Matrix<double> x = normal_points(n, 1, 1), y = normal_points(n, 1, 2).array() * 2 + 1;
  const Transport transport = optimal_transport(x, y, kind);
  CHECK_THAT(transport.value, WithinRel(sorted_mean_cost(x, y, kind), 1e-12));
  check_certificate(transport, x, y, kind);
}

TEST_CASE("transport: an optimal plan comes with its proof", "[wasserstein]") {
  const TransportCost kind = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  const auto [n, m] =
      GENERATE(table<Index, Index>({{1, 1}, {1, 9}, {9, 1}, {40, 41}, {300, 200}, {257, 900}}));
  const Index dims = GENERATE(2, 5);
  const Matrix<double> x = normal_points(n, dims, 1), y = normal_points(m, dims, 2).array() * 1.5 + 0.5;
  check_certificate(optimal_transport(x, y, kind), x, y, kind);
  const Vector<double> a = random_weights(n, 1), b = random_weights(m, 2);
  check_certificate(optimal_transport(x, y, kind, a, b), x, y, kind, a, b);
  check_certificate(optimal_transport(x, y, kind, {}, b), x, y, kind, {}, b);
}

TEST_CASE("transport: degenerate sets of points", "[wasserstein]") {
  const TransportCost kind = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  const auto [n, m] = GENERATE(table<Index, Index>({{6, 6}, {30, 45}, {400, 400}, {301, 599}}));
  const Index dims = 3;
  Matrix<double> x, y;
  SECTION("all points identical") {
    x = Matrix<double>::Constant(n, dims, 0.3);
    y = Matrix<double>::Constant(m, dims, 0.3);
  }
  SECTION("two places") {
    x = Matrix<double>::Constant(n, dims, 0.3);
    y = Matrix<double>::Constant(m, dims, 0.7);
  }
  SECTION("an integer grid with many ties and duplicates") {
    x = grid_points(n, dims, 4, 1);
    y = grid_points(m, dims, 4, 2);
  }
  SECTION("collinear points") {
    x = normal_points(n, 1, 1).replicate(1, dims);
    y = normal_points(m, 1, 2).replicate(1, dims);
  }
  SECTION("far apart on a line, where every plan is optimal") {
    x = normal_points(n, 1, 1) * Eigen::RowVector3d(1, 0, 0);
    y = (normal_points(m, 1, 2).array() + 100).matrix() * Eigen::RowVector3d(1, 0, 0);
  }
  SECTION("one far outlier") {
    x = normal_points(n, dims, 1);
    y = normal_points(m, dims, 2);
    y(0, 0) = 1e6;
  }
  check_certificate(optimal_transport(x, y, kind), x, y, kind);
}

TEST_CASE("transport: equal sets need no transport", "[wasserstein]") {
  const Matrix<double> x = normal_points(500, 4, 1);
  Matrix<double> y = x.colwise().reverse();
  CHECK(wasserstein1(x, y) == 0);
  CHECK(wasserstein2(x, y) == 0);
  y = x.replicate(3, 1);
  CHECK(wasserstein1(x, y) == 0);
}

TEST_CASE("transport: moves that are tiny beside the spread are exact", "[wasserstein]") {
  const double step = GENERATE(1e-3, 1e-6, 1e-9);
  const Matrix<double> x = normal_points(600, 3, 1), moves = step * normal_points(600, 3, 2);
  // Far less than the distance between points, so that each goes to its own image.
  Matrix<double> y = x + moves;
  y.row(0).swap(y.row(599));
  CHECK_THAT(wasserstein1(x, y), WithinRel(moves.rowwise().norm().mean(), 1e-6));
  CHECK_THAT(wasserstein2(x, y), WithinRel(std::sqrt(moves.rowwise().squaredNorm().mean()), 1e-6));
}

TEST_CASE("transport: a weight is a number of equal points", "[wasserstein]") {
  const Matrix<double> x = normal_points(3, 2, 1), y = normal_points(40, 2, 2);
  Matrix<double> repeated(6, 2);
  repeated << x.row(0), x.row(1), x.row(1), x.row(2), x.row(2), x.row(2);
  const Vector<double> weights = (Vector<double>(3) << 1, 2, 3).finished();
  const double weighted = optimal_transport(x, y, TransportCost::euclidean, weights).value;
  CHECK_THAT(weighted, WithinRel(wasserstein1(repeated, y), 1e-13));
}

TEST_CASE("transport: points of weight 0 take no part but have feasible duals", "[wasserstein]") {
  const Matrix<double> x = normal_points(50, 3, 1), y = normal_points(70, 3, 2);
  Vector<double> a = random_weights(50, 1), b = random_weights(70, 2);
  a.head(20).setZero();
  b.tail(30).setZero();
  const Transport transport = optimal_transport(x, y, TransportCost::euclidean, a, b);
  check_certificate(transport, x, y, TransportCost::euclidean, a, b);
  const Transport rest =
      optimal_transport(x.bottomRows(30), y.topRows(40), TransportCost::euclidean, a.tail(30), b.head(40));
  CHECK_THAT(transport.value, WithinRel(rest.value, 1e-13));
  for (const TransportEntry& entry : transport.plan) CHECK((entry.source >= 20 && entry.target < 40));
}

TEST_CASE("transport: symmetry, translation and scale", "[wasserstein]") {
  const Matrix<double> x = normal_points(120, 4, 1), y = normal_points(75, 4, 2).array() + 0.4;
  const double w1 = wasserstein1(x, y), w2 = wasserstein2(x, y);
  CHECK_THAT(wasserstein1(y, x), WithinRel(w1, 1e-13));
  CHECK_THAT(wasserstein2(y, x), WithinRel(w2, 1e-13));
  CHECK(w1 <= w2);
  CHECK_THAT(wasserstein1(x.array() + 64, y.array() + 64), WithinRel(w1, 1e-12));
  for (const double scale : {1e-200, 1e-30, 3.0, 1e30, 1e149}) {
    CHECK_THAT(wasserstein1(x * scale, y * scale) / scale, WithinRel(w1, 1e-13));
  }
  for (const double scale : {1e-100, 1e-30, 1e30, 1e100}) {
    CHECK_THAT(wasserstein2(x * scale, y * scale) / scale, WithinRel(w2, 1e-13));
  }
  // Moving one set by d costs |d|: no plan is cheaper, and the translation is one.
  const Matrix<double> moved = x.rowwise() + Eigen::RowVector4d(1, -2, 0.5, 3);
  CHECK_THAT(wasserstein1(x, moved), WithinRel(std::sqrt(14.25), 1e-12));
  CHECK_THAT(wasserstein2(x, moved), WithinRel(std::sqrt(14.25), 1e-12));
}

TEST_CASE("transport: the same bits each time", "[wasserstein]") {
  const Matrix<double> x = grid_points(200, 2, 9, 1), y = normal_points(333, 2, 2);
  const Transport first = optimal_transport(x, y, TransportCost::euclidean);
  const Transport second = optimal_transport(x, y, TransportCost::euclidean);
  CHECK(first.value == second.value);
  CHECK(first.source_dual == second.source_dual);
  CHECK(first.target_dual == second.target_dual);
  CHECK(std::equal(first.plan.begin(), first.plan.end(), second.plan.begin(), second.plan.end(),
                   [](const TransportEntry& p, const TransportEntry& q) {
                     return p.source == q.source && p.target == q.target && p.mass == q.mass;
                   }));
}

TEST_CASE("transport: a solver gives the same for sources that move", "[wasserstein]") {
  const TransportCost kind = GENERATE(TransportCost::euclidean, TransportCost::squared_euclidean);
  const bool weighted = GENERATE(false, true);
  const Index n = 400, m = 330, dims = 3;
  const Matrix<double> y = normal_points(m, dims, 2);
  const Vector<double> a = weighted ? random_weights(n, 1) : Vector<double>(),
                       b = weighted ? random_weights(m, 2) : a;
  TransportSolver solver(y, kind, b);
  Matrix<double> x = normal_points(n, dims, 1);
  for (const double step : {0.0, 1e-6, 1e-4, 1e-3, 1e-3, 1e-2, 1.0, 0.0, 1e-3}) {
    INFO("step " << step);
    x += step * normal_points(n, dims, 3);
    const Transport warm = solver.solve(x, a);
    check_certificate(warm, x, y, kind, a, b);
    CHECK_THAT(warm.value, WithinRel(optimal_transport(x, y, kind, a, b).value, 1e-12));
  }
  x = normal_points(50, dims, 4);
  check_certificate(solver.solve(x), x, y, kind, {}, b);
}

TEST_CASE("transport: refuses what is not two sets of weighted points", "[wasserstein]") {
  const Matrix<double> x = normal_points(3, 2, 1), y = normal_points(4, 2, 2);
  const auto transport = [](const Matrix<double>& p, const Matrix<double>& q, const Vector<double>& a = {},
                            const Vector<double>& b = {}) {
    return optimal_transport(p, q, TransportCost::euclidean, a, b);
  };
  const auto refuses = [](std::vector<std::string> parts) {
    return error_with(ErrorCode::bad_input, std::move(parts));
  };
  CHECK_THROWS_MATCHES(transport(Matrix<double>(0, 2), y), Error, refuses({"source set", "empty"}));
  CHECK_THROWS_MATCHES(transport(x, Matrix<double>(0, 2)), Error, refuses({"target set", "empty"}));
  CHECK_THROWS_MATCHES(transport(x, normal_points(4, 3, 2)), Error,
                       refuses({"(3, 2)", "(4, 3)", "dimensions"}));
  CHECK_THROWS_MATCHES(transport(Matrix<double>(3, 0), Matrix<double>(4, 0)), Error,
                       refuses({"(4, 0)", "dimension"}));
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity(), -1e200}) {
    Matrix<double> broken = y;
    broken(2, 1) = bad;
    CHECK_THROWS_MATCHES(transport(x, broken), Error, refuses({"target set", "row 2", "column 1"}));
  }
  CHECK_THROWS_MATCHES(transport(x, y, Vector<double>::Ones(4)), Error,
                       refuses({"4 weights", "3 points", "source"}));
  CHECK_THROWS_MATCHES(transport(x, y, {}, Vector<double>::Zero(4)), Error,
                       refuses({"weights", "target", "0"}));
  for (const double bad : {-0.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    Vector<double> weights = Vector<double>::Ones(3);
    weights(1) = bad;
    CHECK_THROWS_MATCHES(transport(x, y, weights), Error, refuses({"weight 1", "source"}));
  }
}
