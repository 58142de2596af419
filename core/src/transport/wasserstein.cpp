/// Exact optimal transport by the network simplex method over a growing set of arcs.
///
/// 1. The same problem between small clusters of points, solved first, estimates the dual variables.
/// 2. Arcs of small reduced cost form the working set, on which the simplex method is run.
/// 3. All arcs are priced; those of negative reduced cost join the working set, until there is none.
#include "cellmnn/wasserstein.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "transport/pricing.hpp"
#include "transport/problem.hpp"
#include "transport/simplex.hpp"
#include "transport/tree.hpp"

namespace cellmnn {
namespace {

constexpr Index kCoarsestPoints = 256;        // sources and targets of a problem that is not coarsened
constexpr double kLargestCoordinate = 1e150;  // so that squares are finite
constexpr double kSmallMove = 0.005;          // relative gap of the last plan up to which it is a good start
constexpr double kLeastMass = 0x1.8p-60;      // more than a unit of rounded masses

/// Dual variables near the optimal ones, from the optimal ones between clusters.
Duals estimated_duals(const TransportProblem& problem) {
  if (problem.sources() + problem.targets() <= kCoarsestPoints) {
    return {Vector<double>::Zero(problem.sources()), Vector<double>::Zero(problem.targets())};
  }
  const TransportProblem coarse = coarsened(problem);
  TransportSimplex simplex(coarse, estimated_duals(coarse));
  simplex.optimise(coarse);
  const Duals duals = simplex.tree().duals();
  return {PairFinder(problem.x, coarse.y, problem.kind).c_transform(duals.target),
          PairFinder(problem.y, coarse.x, problem.kind).c_transform(duals.source)};
}

void validate_points(const MatrixView<double>& points, const std::string& name) {
  if (points.size() == 0) {
    throw Error(ErrorCode::bad_input, "the " + name + " set of points is empty, with shape " +
                                          shape_text(points) +
                                          "; transport needs at least one point and one dimension");
  }
  const auto usable = [](double value) { return std::abs(value) <= kLargestCoordinate; };
  for (Index i = 0; i < points.rows(); ++i) {
    for (Index d = 0; d < points.cols(); ++d) {
      if (usable(points(i, d))) continue;
      throw Error(ErrorCode::bad_input, "the " + name + " set of points has " + text(points(i, d)) +
                                            " in row " + std::to_string(i) + ", column " + std::to_string(d) +
                                            "; coordinates must be finite and at most 1e150");
    }
  }
}

void validate_weights(const Vector<double>& weights, Index points, const std::string& name) {
  if (weights.size() == 0) return;
  if (weights.size() != points) {
    throw Error(ErrorCode::bad_input, "the " + name + " set has " + std::to_string(weights.size()) +
                                          " weights for " + std::to_string(points) +
                                          " points; give one a point");
  }
  for (Index i = 0; i < points; ++i) {
    if (std::isfinite(weights(i)) && weights(i) >= 0) continue;
    throw Error(ErrorCode::bad_input, "weight " + std::to_string(i) + " of the " + name + " set is " +
                                          text(weights(i)) + "; weights must be finite and not negative");
  }
  if (!(weights.maxCoeff() > 0)) {
    throw Error(ErrorCode::bad_input,
                "all weights of the " + name + " set are 0; at least one must be positive");
  }
}

/// Weights that sum to 1, without overflow on the way; empty for uniform ones.
Vector<double> normalised(const Vector<double>& weights) {
  if (weights.size() == 0) return weights;
  const Vector<double> scaled = weights / weights.maxCoeff();
  return scaled / scaled.sum();
}

double dot(const Masses& masses, const Vector<double>& duals) {
  double sum = 0;
  for (std::size_t i = 0; i < masses.size(); ++i)
    sum += static_cast<double>(masses[i]) * duals(static_cast<Index>(i));
  return sum;
}

/// The plan of `flows` with the duals that are feasible beside duals.target. `unit` is the factor from
/// the costs of `problem` to those of the caller.
Transport transport_of(const TransportProblem& problem, const std::vector<SpanningTree::Flow>& flows,
                       const Duals& duals, double unit) {
  Transport result;
  double total = 0;
  for (const std::int64_t mass : problem.a) total += static_cast<double>(mass);
  for (const SpanningTree::Flow& flow : flows) {
    const double mass = static_cast<double>(flow.mass) / total;
    if (mass < kLeastMass) continue;
    result.value += mass * problem.cost(flow.source, flow.target);
    result.plan.push_back({flow.source, flow.target, mass});
  }
  std::sort(result.plan.begin(), result.plan.end(), [](const TransportEntry& p, const TransportEntry& q) {
    return std::tie(p.source, p.target) < std::tie(q.source, q.target);
  });
  result.target_dual = duals.target;
  result.source_dual = PairFinder(problem.x, problem.y, problem.kind).c_transform(duals.target, duals.source);
  result.gap =
      result.value - (dot(problem.a, result.source_dual) + dot(problem.b, result.target_dual)) / total;
  result.value *= unit;
  result.gap *= unit;
  result.source_dual *= unit;
  result.target_dual *= unit;
  return result;
}

}  // namespace

struct TransportSolver::Impl {
  Matrix<double> targets;
  TransportCost kind;
  Vector<double> target_weights;  // sum 1, or empty for uniform ones
  // Of the last call:
  std::optional<TransportSimplex> simplex;
  Masses source_masses;
  Duals duals;  // in the caller's unit

  /// Whether the last plan is a good start for this problem.
  bool is_near(const TransportProblem& problem, double unit) const {
    if (!simplex || source_masses != problem.a) return false;
    const Transport guess =
        transport_of(problem, simplex->tree().flows(), {duals.source / unit, duals.target / unit}, unit);
    return guess.gap <= kSmallMove * guess.value;
  }
};

TransportSolver::TransportSolver(const MatrixView<double>& y, TransportCost cost, const Vector<double>& b)
    : impl_(std::make_unique<Impl>()) {
  validate_points(y, "target");
  validate_weights(b, y.rows(), "target");
  impl_->targets = y;
  impl_->kind = cost;
  impl_->target_weights = normalised(b);
}

TransportSolver::~TransportSolver() = default;
TransportSolver::TransportSolver(TransportSolver&&) noexcept = default;
TransportSolver& TransportSolver::operator=(TransportSolver&&) noexcept = default;

Transport TransportSolver::solve(const MatrixView<double>& x, const Vector<double>& a) {
  validate_points(x, "source");
  if (x.cols() != impl_->targets.cols()) {
    throw Error(ErrorCode::bad_input, "the source points have shape " + shape_text(x) +
                                          " and the target points " + shape_text(impl_->targets) +
                                          "; both need the same number of dimensions");
  }
  validate_weights(a, x.rows(), "source");
  TransportProblem problem{x, impl_->targets, {}, {}, impl_->kind};
  const double unit = normalise(problem.x, problem.y, problem.kind);
  set_masses(problem, normalised(a), impl_->target_weights);
  if (impl_->is_near(problem, unit)) {
    impl_->simplex->move_points(problem);
  } else {
    impl_->simplex.emplace(problem, estimated_duals(problem));
  }
  impl_->simplex->optimise(problem);
  const SpanningTree& tree = impl_->simplex->tree();
  Transport result = transport_of(problem, tree.flows(), tree.duals(), unit);
  impl_->source_masses = std::move(problem.a);
  impl_->duals = {result.source_dual, result.target_dual};
  return result;
}

Transport optimal_transport(const MatrixView<double>& x, const MatrixView<double>& y, TransportCost cost,
                            const Vector<double>& a, const Vector<double>& b) {
  return TransportSolver(y, cost, b).solve(x, a);
}

double wasserstein1(const MatrixView<double>& x, const MatrixView<double>& y) {
  return optimal_transport(x, y, TransportCost::euclidean).value;
}

double wasserstein2(const MatrixView<double>& x, const MatrixView<double>& y) {
  return std::sqrt(optimal_transport(x, y, TransportCost::squared_euclidean).value);
}

}  // namespace cellmnn
