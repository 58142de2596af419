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

#include "cellmnn/error.hpp"
#include "text.hpp"
#include "wasserstein_pricing.hpp"
#include "wasserstein_problem.hpp"
#include "wasserstein_simplex.hpp"
#include "wasserstein_tree.hpp"

namespace cellmnn {
namespace {

constexpr Index kCoarsestPoints = 256;       // sources and targets of a problem that is not coarsened
constexpr double kLargestCoordinate = 1e150;  // so that squares are finite

/// Dual variables near the optimal ones, from the optimal ones between clusters.
Duals estimated_duals(const TransportProblem& problem) {
  if (problem.sources() + problem.targets() <= kCoarsestPoints) {
    return {Vector<double>::Zero(problem.sources()), Vector<double>::Zero(problem.targets())};
  }
  const TransportProblem coarse = coarsened(problem);
  TransportSimplex simplex(coarse, estimated_duals(coarse));
  simplex.optimise(coarse);
  const Duals duals = simplex.tree().duals();
  return {PairFinder(problem.x, coarse.y, problem.kind).c_transform(duals.target, Vector<double>::Zero(problem.sources())),
          PairFinder(problem.y, coarse.x, problem.kind).c_transform(duals.source, Vector<double>::Zero(problem.targets()))};
}

std::string shape(const MatrixView<double>& points) {
  return "(" + std::to_string(points.rows()) + ", " + std::to_string(points.cols()) + ")";
}

void validate_points(const MatrixView<double>& points, const char* name) {
  if (points.rows() == 0) {
    throw Error(ErrorCode::bad_input, std::string("the ") + name + " set of points is empty; transport needs at least one point");
  }
  const auto usable = [](double value) { return std::abs(value) <= kLargestCoordinate; };
  for (Index i = 0; i < points.rows(); ++i) {
    for (Index d = 0; d < points.cols(); ++d) {
      if (usable(points(i, d))) continue;
      throw Error(ErrorCode::bad_input, std::string("the ") + name + " set of points has " + text(points(i, d)) +
                                            " in row " + std::to_string(i) + ", column " + std::to_string(d) +
                                            "; coordinates must be finite and at most 1e150");
    }
  }
}

void validate_weights(const Vector<double>& weights, Index points, const char* name) {
  if (weights.size() == 0) return;
  if (weights.size() != points) {
    throw Error(ErrorCode::bad_input, std::to_string(weights.size()) + " weights were given for the " +
                                          std::to_string(points) + " points of the " + name + " set");
  }
  for (Index i = 0; i < weights.size(); ++i) {
    if (std::isfinite(weights(i)) && weights(i) >= 0) continue;
    throw Error(ErrorCode::bad_input, std::string("weight ") + std::to_string(i) + " of the " + name + " set is " +
                                          text(weights(i)) + "; weights must be finite and not negative");
  }
  if (!(weights.maxCoeff() > 0)) {
    throw Error(ErrorCode::bad_input, std::string("all weights of the ") + name + " set are 0");
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
  for (std::size_t i = 0; i < masses.size(); ++i) sum += static_cast<double>(masses[i]) * duals(static_cast<Index>(i));
  return sum;
}

/// The optimal tree of `problem`, in the units of its coordinates times `unit`.
Transport transport_of(const TransportProblem& problem, const SpanningTree& tree, double unit) {
  Transport result;
  double total = 0;
  for (const std::int64_t mass : problem.a) total += static_cast<double>(mass);
  for (const SpanningTree::Flow& flow : tree.flows()) {
    const double mass = static_cast<double>(flow.mass) / total;
    result.value += mass * problem.cost(flow.source, flow.target);
    result.plan.push_back({flow.source, flow.target, mass});
  }
  std::sort(result.plan.begin(), result.plan.end(), [](const TransportEntry& p, const TransportEntry& q) {
    return std::tie(p.source, p.target) < std::tie(q.source, q.target);
  });
  const Duals duals = tree.duals();
  result.target_dual = duals.target;
  result.source_dual = PairFinder(problem.x, problem.y, problem.kind).c_transform(result.target_dual, duals.source);
  result.gap = result.value - (dot(problem.a, result.source_dual) + dot(problem.b, result.target_dual)) / total;
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
  Vector<double> target_weights;  // sum 1, or empty
  Masses masses;  // of the sources of the last call
  std::optional<TransportSimplex> simplex;
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
    throw Error(ErrorCode::bad_input, "the source points have shape " + shape(x) + " and the target points " +
                                          shape(impl_->targets) + "; both need the same number of dimensions");
  }
  validate_weights(a, x.rows(), "source");
  TransportProblem problem{x, impl_->targets, {}, {}, impl_->kind};
  const double unit = normalise(problem.x, problem.y, problem.kind);
  set_masses(problem, normalised(a), impl_->target_weights);
  if (!impl_->simplex || impl_->masses != problem.a) {
    impl_->simplex.emplace(problem, estimated_duals(problem));
    impl_->masses = problem.a;
  }
  impl_->simplex->optimise(problem);
  return transport_of(problem, impl_->simplex->tree(), unit);
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
