#include "transport/tree.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace cellmnn {

SpanningTree::SpanningTree(const TransportProblem& problem, const Duals& duals)
    : sources_(static_cast<Node>(problem.sources())),
      root_(static_cast<Node>(problem.sources() + problem.targets())) {
  const std::size_t nodes = root_ + 1;
  // More than half of any reduced cost, so that an arc costs less than the way over the root.
  const double penalty = problem.largest_cost() + duals.source.lpNorm<Eigen::Infinity>() +
                         duals.target.lpNorm<Eigen::Infinity>();
  parent_.assign(nodes, root_);
  size_.assign(nodes, 1);
  size_[root_] = root_ + 1;
  next_.resize(nodes);
  previous_.resize(nodes);
  last_.resize(nodes);
  for (Node v = 0; v <= root_; ++v) {
    next_[v] = v == root_ ? 0 : v + 1;
    previous_[v] = v == 0 ? root_ : v - 1;
    last_[v] = v;
  }
  last_[root_] = root_ - 1;
  flow_ = problem.a;
  flow_.insert(flow_.end(), problem.b.begin(), problem.b.end());
  flow_.push_back(0);
  cost_.assign(duals.source.begin(), duals.source.end());
  cost_.insert(cost_.end(), duals.target.begin(), duals.target.end());
  for (double& cost : cost_) cost += penalty;
  cost_.push_back(0);
  potential_.assign(nodes, 0);
  refresh_potentials();
}

void SpanningTree::refresh_potentials() {
  potential_[root_] = 0;
  for (Node v = next_[root_]; v != root_; v = next_[v]) {
    const double change = is_source(v) ? cost_[v] : -cost_[v];
    potential_[v] = potential_[parent_[v]] + change;
  }
}

void SpanningTree::refresh_costs(const TransportProblem& problem) {
  for (Node v = 0; v < root_; ++v) {
    const Node up = parent_[v];
    if (up == root_) continue;
    cost_[v] = is_source(v) ? problem.arc_cost(v, up) : problem.arc_cost(up, v);
  }
  refresh_potentials();
}

void SpanningTree::pivot(const Arc& entering) {
  const double reduced = reduced_cost(entering);
  const Cycle cycle = find_cycle(entering.source, entering.target);
  send(cycle, entering.source, entering.target);
  // The part of the tree below the leaving arc will hang from the other end of the entering arc.
  const Node top = cycle.on_source_side ? entering.source : entering.target;
  const Node parent = cycle.on_source_side ? entering.target : entering.source;
  detach(cycle.leaving, cycle.join);
  reroot(cycle.leaving, top);
  attach(top, parent, cycle.join);
  flow_[top] = cycle.flow;
  cost_[top] = entering.cost;
  shift_subtree(top, cycle.on_source_side ? reduced : -reduced);
}

SpanningTree::Cycle SpanningTree::find_cycle(Node source, Node target) const {
  // The flow of the entering arc returns from the target up to the join and down to the source, so it
  // decreases on arcs above targets on the one side and above sources on the other. Of all arcs that
  // block it, the last one along this way, begun at the join, leaves: the tree stays strongly feasible.
  Cycle cycle{root_, root_, true, std::numeric_limits<std::int64_t>::max()};
  Cycle target_side{root_, root_, false, cycle.flow};
  Node s = source, t = target;
  while (s != t) {
    if (size_[s] < size_[t]) {
      if (is_source(s) && flow_[s] < cycle.flow) {
        cycle.flow = flow_[s];
        cycle.leaving = s;
      }
      s = parent_[s];
    } else {
      if (!is_source(t) && flow_[t] <= target_side.flow) {
        target_side.flow = flow_[t];
        target_side.leaving = t;
      }
      t = parent_[t];
    }
  }
  if (target_side.flow <= cycle.flow) cycle = target_side;
  cycle.join = s;
  return cycle;
}

void SpanningTree::send(const Cycle& cycle, Node source, Node target) {
  if (cycle.flow == 0) return;
  for (Node v = source; v != cycle.join; v = parent_[v]) flow_[v] += is_source(v) ? -cycle.flow : cycle.flow;
  for (Node v = target; v != cycle.join; v = parent_[v]) flow_[v] += is_source(v) ? cycle.flow : -cycle.flow;
}

void SpanningTree::link(Node v, Node w) {
  next_[v] = w;
  previous_[w] = v;
}

/// Takes the subtree of v out of its place below `join`, and its run out of the list.
void SpanningTree::detach(Node v, Node join) {
  const Node before = previous_[v], last = last_[v];
  link(before, next_[last]);
  for (Node w = parent_[v]; w != join; w = parent_[w]) size_[w] -= size_[v];
  for (Node w = parent_[v]; w != root_ && last_[w] == last; w = parent_[w]) last_[w] = before;
}

/// Makes `top` the root of the detached subtree of `old_top`: on the way between them parents become
/// children. Each of them is followed by what is left of its run without the run of the one before.
void SpanningTree::reroot(Node old_top, Node top) {
  const std::uint32_t size = size_[old_top];
  std::uint32_t size_below = std::exchange(size_[top], size);
  std::int64_t flow = flow_[top];
  double cost = cost_[top];
  Node before = previous_[top], last = last_[top], after = next_[last];  // around the run of `below`
  Node tail = last;                                                      // of the new run
  for (Node below = top, v = parent_[top]; below != old_top;) {
    const Node v_before = previous_[v], v_last = last_[v], v_after = v_last == last ? after : next_[v_last];
    link(tail, v);
    if (v_last == last) {
      tail = before;
    } else {
      link(before, after);
      tail = v_last;
    }
    before = v_before;
    last = v_last;
    after = v_after;
    size_below = std::exchange(size_[v], size - size_below);
    std::swap(flow, flow_[v]);
    std::swap(cost, cost_[v]);
    const Node above = std::exchange(parent_[v], below);
    below = v;
    v = above;
  }
  for (Node v = old_top; v != top; v = parent_[v]) last_[v] = tail;
  last_[top] = tail;
}

/// Hangs the detached subtree of v from `parent`, below `join`.
void SpanningTree::attach(Node v, Node parent, Node join) {
  const Node tail = last_[v];
  link(tail, next_[parent]);
  link(parent, v);
  parent_[v] = parent;
  for (Node w = parent; w != join; w = parent_[w]) size_[w] += size_[v];
  for (Node w = parent; w != root_ && last_[w] == parent; w = parent_[w]) last_[w] = tail;
}

void SpanningTree::shift_subtree(Node top, double change) {
  // Only differences of potentials matter: the other part may be shifted the other way.
  const bool small = 2 * size_[top] <= root_;
  const Node begin = small ? top : next_[last_[top]];
  const Node end = small ? next_[last_[top]] : top;
  const double shift = small ? change : -change;
  for (Node v = begin; v != end; v = next_[v]) potential_[v] += shift;
}

Duals SpanningTree::duals() const {
  const auto n = static_cast<Index>(sources_), m = static_cast<Index>(root_ - sources_);
  const Eigen::Map<const Vector<double>> potentials(potential_.data(), n + m);
  const double sum = std::accumulate(potentials.begin() + n, potentials.end(), 0.0);
  const double offset = sum / static_cast<double>(m);
  return {potentials.head(n).array() - offset, offset - potentials.tail(m).array()};
}

std::vector<SpanningTree::Flow> SpanningTree::flows() const {
  std::vector<Flow> flows;
  for (Node v = 0; v < root_; ++v) {
    const Node up = parent_[v];
    if (up == root_ || flow_[v] == 0) continue;
    const Node source = is_source(v) ? v : up, target = is_source(v) ? up : v;
    flows.push_back({static_cast<Index>(source), static_cast<Index>(target - sources_), flow_[v]});
  }
  return flows;
}

}  // namespace cellmnn
