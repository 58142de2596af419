#include "wasserstein_simplex.hpp"

#include <algorithm>
#include <cmath>

#include "wasserstein_pricing.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kFirstArcs = 16;  // of each source and each target, in the first working set
constexpr std::size_t kAddedArcs = 8;   // the most that a source adds in a round
constexpr double kTolerance = 1e-12;    // reduced costs this far below 0, times the largest cost, count as 0

Arc arc_between(Index source, Index target, double cost) {
  return {static_cast<std::int32_t>(source), static_cast<std::int32_t>(target), cost};
}

/// For every source and every target the arcs of least reduced cost.
std::vector<Arc> first_arcs(const TransportProblem& problem, const Duals& duals) {
  std::vector<Arc> arcs;
  PairFinder targets(problem.x, problem.y, problem.kind);
  for (const auto& [i, j, cost] : targets.least(kFirstArcs, duals.target)) arcs.push_back(arc_between(i, j, cost));
  PairFinder sources(problem.y, problem.x, problem.kind);
  for (const auto& [j, i, cost] : sources.least(kFirstArcs, duals.source)) arcs.push_back(arc_between(i, j, cost));
  return arcs;
}

}  // namespace

TransportSimplex::TransportSimplex(const TransportProblem& problem, const Duals& start)
    : tree_(problem, start), arcs_(first_arcs(problem, start)) {}

void TransportSimplex::optimise(const TransportProblem& problem) {
  const double tolerance = kTolerance * problem.largest_cost();
  PairFinder finder(problem.x, problem.y, problem.kind);
  tree_.refresh_costs(problem);
  for (Arc& arc : arcs_) arc.cost = problem.cost(arc.source, arc.target);
  for (;;) {
    pivot_over_working_set(tolerance);
    tree_.refresh_potentials();
    const Duals duals = tree_.duals();
    const auto violated = finder.below(duals.source.array() - 2 * tolerance, kAddedArcs, duals.target);
    if (violated.empty()) return;
    for (const auto& [i, j, cost] : violated) arcs_.push_back(arc_between(i, j, cost));
  }
}

/// Block search: the arcs are gone through in turn, and the best of every block enters.
void TransportSimplex::pivot_over_working_set(double tolerance) {
  const auto block = static_cast<std::size_t>(3 * std::sqrt(static_cast<double>(arcs_.size()))) + 1;
  std::size_t next = 0;
  for (std::size_t since_pivot = 0; since_pivot < arcs_.size();) {
    const std::size_t count = std::min(block, arcs_.size() - since_pivot);
    const Arc* entering = nullptr;
    double least = -tolerance;
    for (std::size_t k = 0; k < count; ++k) {
      const double reduced_cost = tree_.reduced_cost(arcs_[next]);
      if (reduced_cost < least) {
        least = reduced_cost;
        entering = &arcs_[next];
      }
      next = next + 1 == arcs_.size() ? 0 : next + 1;
    }
    since_pivot += count;
    if (entering != nullptr) {
      tree_.pivot(*entering);
      since_pivot = 0;
    }
  }
}

}  // namespace cellmnn
