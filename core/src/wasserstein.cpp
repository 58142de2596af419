/// Exact optimal transport by the network simplex method over a growing set of arcs.
///
/// 1. The same problem between small clusters of points, solved first, estimates the dual variables.
/// 2. Arcs of small reduced cost form the working set, on which the simplex method is run.
/// 3. All arcs are priced; those of negative reduced cost join the working set, until there is none.
#include "cellmnn/wasserstein.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>

#include "cellmnn/error.hpp"
#include "text.hpp"
#include "wasserstein_pricing.hpp"
#include "wasserstein_problem.hpp"
#include "wasserstein_tree.hpp"

namespace cellmnn {
namespace {

constexpr Index kCoarsestPoints = 256;       // sources and targets of a problem that is not coarsened
constexpr std::size_t kFirstArcs = 16;       // of each source and each target, in the first working set
constexpr std::size_t kMostAddedArcs = 8;    // that a source may add in a round
constexpr double kTolerance = 1e-12;         // reduced costs this far below 0, times the largest cost, are 0
constexpr double kLargestCoordinate = 1e150;  // so that squares are finite

/// Pivots until no arc of the working set has a negative reduced cost. The arcs are searched in
/// turn, block after block, and the best of a block enters (block search).
void minimise(SpanningTree& tree, const std::vector<Arc>& arcs, double tolerance) {
  const auto block = static_cast<std::size_t>(4 * std::sqrt(static_cast<double>(arcs.size()))) + 1;
  std::size_t next = 0;
  for (std::size_t since_pivot = 0; since_pivot < arcs.size();) {
    const std::size_t count = std::min(block, arcs.size() - since_pivot);
    const Arc* entering = nullptr;
    double least = -tolerance;
    for (std::size_t k = 0; k < count; ++k) {
      const double reduced_cost = tree.reduced_cost(arcs[next]);
      if (reduced_cost < least) {
        least = reduced_cost;
        entering = &arcs[next];
      }
      next = next + 1 == arcs.size() ? 0 : next + 1;
    }
    since_pivot += count;
    if (entering != nullptr) {
      tree.pivot(*entering);
      since_pivot = 0;
    }
  }
}

Arc arc(Index source, Index target, double cost) {
  return {static_cast<std::int32_t>(source), static_cast<std::int32_t>(target), cost};
}

/// For every source and every target the arcs of least reduced cost.
std::vector<Arc> first_arcs(const TransportProblem& problem, const Duals& duals) {
  constexpr double unlimited = std::numeric_limits<double>::infinity();
  std::vector<Arc> arcs;
  PairFinder targets(problem.x, problem.y, problem.kind);
  for (const auto& [i, j, cost] : targets.below(Vector<double>::Constant(problem.sources(), unlimited), kFirstArcs,
                                                duals.target)) {
    arcs.push_back(arc(i, j, cost));
  }
  PairFinder sources(problem.y, problem.x, problem.kind);
  for (const auto& [j, i, cost] : sources.below(Vector<double>::Constant(problem.targets(), unlimited), kFirstArcs,
                                                duals.source)) {
    arcs.push_back(arc(i, j, cost));
  }
  return arcs;
}

SpanningTree optimal_tree(const TransportProblem& problem, const Duals& start) {
  const double tolerance = kTolerance * problem.largest_cost();
  PairFinder finder(problem.x, problem.y, problem.kind);
  SpanningTree tree(problem, start);
  std::vector<Arc> arcs = first_arcs(problem, start);
  for (;;) {
    minimise(tree, arcs, tolerance);
    tree.refresh_potentials();
    const Duals duals = tree.duals();
    const auto violated = finder.below(duals.source.array() - 2 * tolerance, kMostAddedArcs, duals.target);
    if (violated.empty()) return tree;
    for (const auto& [i, j, cost] : violated) arcs.push_back(arc(i, j, cost));
  }
}

/// Dual variables near the optimal ones, from the optimal ones between clusters.
Duals estimated_duals(const TransportProblem& problem) {
  if (problem.sources() + problem.targets() <= kCoarsestPoints) {
    return {Vector<double>::Zero(problem.sources()), Vector<double>::Zero(problem.targets())};
  }
  const TransportProblem coarse = coarsened(problem);
  const Duals duals = optimal_tree(coarse, estimated_duals(coarse)).duals();
  return {c_transform(problem.x, coarse.y, duals.target, problem.kind),
          c_transform(problem.y, coarse.x, duals.source, problem.kind)};
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

}  // namespace

Transport optimal_transport(const MatrixView<double>& x, const MatrixView<double>& y, TransportCost cost,
                            const Vector<double>& a, const Vector<double>& b) {
  validate_points(x, "source");
  validate_points(y, "target");
  if (x.cols() != y.cols()) {
    throw Error(ErrorCode::bad_input, "the source points have shape " + shape(x) + " and the target points " + shape(y) +
                                          "; both need the same number of dimensions");
  }
  validate_weights(a, x.rows(), "source");
  validate_weights(b, y.rows(), "target");

  TransportProblem problem{x, y, {}, {}, cost};
  const double unit = normalise(problem.x, problem.y, cost);
  set_masses(problem, normalised(a), normalised(b));
  const SpanningTree tree = optimal_tree(problem, estimated_duals(problem));

  Transport result;
  double total = 0;
  for (const std::int64_t mass : problem.a) total += static_cast<double>(mass);
  for (const SpanningTree::Flow& flow : tree.flows()) {
    if ((a.size() > 0 && a(flow.source) == 0) || (b.size() > 0 && b(flow.target) == 0)) continue;
    const double mass = static_cast<double>(flow.mass) / total;
    result.value += mass * problem.cost(flow.source, flow.target);
    result.plan.push_back({flow.source, flow.target, mass});
  }
  std::sort(result.plan.begin(), result.plan.end(), [](const TransportEntry& p, const TransportEntry& q) {
    return std::tie(p.source, p.target) < std::tie(q.source, q.target);
  });
  result.target_dual = tree.duals().target;
  result.source_dual = c_transform(problem.x, problem.y, result.target_dual, cost);
  result.gap = result.value - (dot(problem.a, result.source_dual) + dot(problem.b, result.target_dual)) / total;
  result.value *= unit;
  result.gap *= unit;
  result.source_dual *= unit;
  result.target_dual *= unit;
  return result;
}

double wasserstein1(const MatrixView<double>& x, const MatrixView<double>& y) {
  return optimal_transport(x, y, TransportCost::euclidean).value;
}

double wasserstein2(const MatrixView<double>& x, const MatrixView<double>& y) {
  return std::sqrt(optimal_transport(x, y, TransportCost::squared_euclidean).value);
}

}  // namespace cellmnn
