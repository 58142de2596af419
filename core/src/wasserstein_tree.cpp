#include "wasserstein_tree.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace cellmnn {

SpanningTree::SpanningTree(const TransportProblem& problem, const Duals& duals)
    : sources_(static_cast<Node>(problem.sources())),
      root_(static_cast<Node>(problem.sources() + problem.targets())) {
  const std::size_t nodes = root_ + 1;
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
  const auto [source, target, cost] = entering;
  const double reduced = reduced_cost(entering);
  const Cycle cycle = find_cycle(source, target);
  send(cycle, source, target);
  // The part of the tree below the leaving arc now hangs from the other end of the entering arc.
  const Node top = cycle.on_source_side ? source : target;
  const Node parent = cycle.on_source_side ? target : source;
  rehang(cycle.leaving, top, parent, cycle.join, cycle.flow, cost);
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

/// Turns the subtree of `from` so that `top` becomes its root, and hangs it from `parent` by an arc of
/// this flow and cost. `join` is an ancestor of the old and of the new place.
void SpanningTree::rehang(Node from, Node top, Node parent, Node join, std::int64_t flow, double cost) {
  const Node moved = size_[from];
  const Node old_parent = parent_[from], old_last = last_[from];
  for (Node v = old_parent; v != join; v = parent_[v]) size_[v] -= moved;
  for (Node v = parent; v != join; v = parent_[v]) size_[v] += moved;
  const Node before_from = previous_[from];
  for (Node v = old_parent; v != root_ && last_[v] == old_last; v = parent_[v]) last_[v] = before_from;

  // From `top` up to `from` parents become children: what is left of the run of each node, without the
  // run of the node below, follows in the new order. before and after enclose the old run.
  Node before = previous_[top], after = next_[last_[top]];
  Node tail = last_[top], run_last = tail, size_below = 0;
  for (Node v = top, above = parent;;) {
    if (v != top) {
      const Node v_before = previous_[v], v_last = last_[v];
      const Node v_after = v_last == run_last ? after : next_[v_last];
      link(tail, v);
      tail = before;
      if (v_last != run_last) {
        link(before, after);
        tail = v_last;
      }
      before = v_before;
      after = v_after;
      run_last = v_last;
    }
    const Node up = parent_[v];
    parent_[v] = above;
    std::swap(flow_[v], flow);
    std::swap(cost_[v], cost);
    size_below = std::exchange(size_[v], moved - size_below);
    if (v == from) break;
    above = v;
    v = up;
  }
  for (Node v = from; v != parent; v = parent_[v]) last_[v] = tail;
  link(before, after);

  const Node after_parent = next_[parent];
  link(parent, top);
  link(tail, after_parent);
  for (Node v = parent; v != root_ && last_[v] == parent; v = parent_[v]) last_[v] = tail;
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
  const Index n = sources_, m = root_ - sources_;
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
    flows.push_back({source, target - sources_, flow_[v]});
  }
  return flows;
}

}  // namespace cellmnn
