#include "transport/simplex.hpp"

#include <algorithm>
#include <cmath>

#include "transport/pricing.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kFirstArcs = 16;  // of each source and each target, in the first working set
constexpr std::size_t kAddedArcs = 8;   // the most that a source adds in a round
constexpr double kTolerance = 1e-12;    // reduced costs this far below 0, times the largest cost, count as 0

/// For every source and every target the arcs of least reduced cost.
std::vector<Arc> first_arcs(const TransportProblem& problem, const Duals& duals) {
  std::vector<Arc> arcs;
  PairFinder targets(problem.x, problem.y, problem.kind);
  for (const auto& [i, j, key] : targets.least(kFirstArcs, duals.target, duals.source))
    arcs.push_back(problem.arc(i, j));
  PairFinder sources(problem.y, problem.x, problem.kind);
  for (const auto& [j, i, key] : sources.least(kFirstArcs, duals.source, duals.target))
    arcs.push_back(problem.arc(i, j));
  return arcs;
}

}  // namespace

TransportSimplex::TransportSimplex(const TransportProblem& problem, const Duals& start)
    : tree_(problem, start), arcs_(first_arcs(problem, start)), first_count_(arcs_.size()) {}

void TransportSimplex::move_points(const TransportProblem& problem) {
  tree_.refresh_costs(problem);
  if (arcs_.size() > first_count_ + first_count_ / 2) arcs_ = first_arcs(problem, tree_.duals());
  for (Arc& arc : arcs_) arc.cost = problem.arc_cost(arc.source, arc.target);
}

void TransportSimplex::optimise(const TransportProblem& problem) {
  const double tolerance = kTolerance * problem.largest_cost();
  PairFinder finder(problem.x, problem.y, problem.kind);
  for (;;) {
    pivot_over_working_set(tolerance);
    tree_.refresh_potentials();
    const Duals duals = tree_.duals();
    const auto violated = finder.below(duals.source.array() - 2 * tolerance, kAddedArcs, duals.target);
    if (violated.empty()) return;
    for (const auto& [i, j, key] : violated) arcs_.push_back(problem.arc(i, j));
  }
}

/// Block search: the working set is gone through in blocks, and the best arc of a block enters.
void TransportSimplex::pivot_over_working_set(double tolerance) {
  const std::size_t arcs = arcs_.size();
  const auto block = static_cast<std::size_t>(3 * std::sqrt(static_cast<double>(arcs))) + 1;
  std::size_t begin = 0;
  for (std::size_t since_pivot = 0; since_pivot < arcs;) {
    const std::size_t end = std::min(begin + block, arcs);
    const Arc* entering = nullptr;
    double least = -tolerance;
    for (const Arc* arc = arcs_.data() + begin; arc != arcs_.data() + end; ++arc) {
      const double reduced_cost = tree_.reduced_cost(*arc);
      if (reduced_cost < least) {
        least = reduced_cost;
        entering = arc;
      }
    }
    since_pivot += end - begin;
    begin = end == arcs ? 0 : end;
    if (entering != nullptr) {
      tree_.pivot(*entering);
      since_pivot = 0;
    }
  }
}

}  // namespace cellmnn
