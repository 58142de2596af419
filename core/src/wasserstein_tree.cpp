#include "wasserstein_tree.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace cellmnn {

SpanningTree::SpanningTree(const TransportProblem& problem, const Duals& duals)
    : sources_(static_cast<Node>(problem.sources())),
      root_(static_cast<Node>(problem.sources() + problem.targets())) {
  const std::size_t nodes = at(root_) + 1;
  const double penalty = problem.largest_cost() + duals.source.lpNorm<Eigen::Infinity>() +
                         duals.target.lpNorm<Eigen::Infinity>();
  parent_.assign(nodes, root_);
  size_.assign(nodes, 1);
  size_[at(root_)] = root_ + 1;
  next_.resize(nodes);
  previous_.resize(nodes);
  last_.resize(nodes);
  for (Node v = 0; v <= root_; ++v) {
    next_[at(v)] = v == root_ ? 0 : v + 1;
    previous_[at(v)] = v == 0 ? root_ : v - 1;
    last_[at(v)] = v;
  }
  last_[at(root_)] = root_ - 1;
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
  potential_[at(root_)] = 0;
  for (Node v = next_[at(root_)]; v != root_; v = next_[at(v)]) {
    const double change = is_source(v) ? cost_[at(v)] : -cost_[at(v)];
    potential_[at(v)] = potential_[at(parent_[at(v)])] + change;
  }
}

void SpanningTree::pivot(const Arc& entering) {
  const Node source = entering.source, target = sources_ + entering.target;
  const double reduced = reduced_cost(entering);
  const Cycle cycle = find_cycle(source, target);
  send(cycle, source, target);
  // The part of the tree below the leaving arc now hangs from the other end of the entering arc.
  const Node top = cycle.on_source_side ? source : target;
  const Node parent = cycle.on_source_side ? target : source;
  hang(top, cycle.leaving, parent, cycle.flow, entering.cost, cycle.join);
  shift_potentials(top, cycle.on_source_side ? reduced : -reduced);
}

SpanningTree::Cycle SpanningTree::find_cycle(Node source, Node target) const {
  // The flow of the entering arc returns from the target up to the join and down to the source, so it
  // decreases on arcs above targets on the one side and above sources on the other. Of all arcs that
  // block it, the last one along this way, begun at the join, leaves: the tree stays strongly feasible.
  Cycle cycle{root_, root_, true, std::numeric_limits<std::int64_t>::max()};
  Cycle target_side{root_, root_, false, cycle.flow};
  Node s = source, t = target;
  while (s != t) {
    if (size_[at(s)] < size_[at(t)]) {
      if (is_source(s) && flow_[at(s)] < cycle.flow) {
        cycle.flow = flow_[at(s)];
        cycle.leaving = s;
      }
      s = parent_[at(s)];
    } else {
      if (!is_source(t) && flow_[at(t)] <= target_side.flow) {
        target_side.flow = flow_[at(t)];
        target_side.leaving = t;
      }
      t = parent_[at(t)];
    }
  }
  if (target_side.flow <= cycle.flow) cycle = target_side;
  cycle.join = s;
  return cycle;
}

void SpanningTree::send(const Cycle& cycle, Node source, Node target) {
  if (cycle.flow == 0) return;
  for (Node v = source; v != cycle.join; v = parent_[at(v)]) flow_[at(v)] += is_source(v) ? -cycle.flow : cycle.flow;
  for (Node v = target; v != cycle.join; v = parent_[at(v)]) flow_[at(v)] += is_source(v) ? cycle.flow : -cycle.flow;
}

/// Turns the subtree of `from` so that its node `top` is its root, and hangs it from `parent`.
void SpanningTree::hang(Node top, Node from, Node parent, std::int64_t flow, double cost, Node join) {
  const auto link = [this](Node v, Node w) {
    next_[at(v)] = w;
    previous_[at(w)] = v;
  };
  const Node moved = size_[at(from)];
  const Node before = previous_[at(from)], end = last_[at(from)], after = next_[at(end)];

  // Take the subtree out of its old place.
  const Node old_parent = parent_[at(from)];
  for (Node v = old_parent; v != join; v = parent_[at(v)]) size_[at(v)] -= moved;
  for (Node v = old_parent; last_[at(v)] == end; v = parent_[at(v)]) {
    last_[at(v)] = before;
    if (v == root_) break;
  }
  link(before, after);

  // Walk from `top` up to `from`: what is left of each node's subtree follows that of the node below.
  Node tail = last_[at(top)];
  Node below = top, new_parent = parent, new_below_size = 0;
  for (Node v = top;;) {
    const Node up = parent_[at(v)];
    const Node old_size = size_[at(v)];
    if (v != top) {
      // `below` and its subtree have gone from the run v ... last(v).
      const Node below_before = previous_[at(below)], below_end = last_[at(below)], v_end = last_[at(v)];
      (void)below_before;
      (void)below_end;
      (void)v_end;
    }
    std::swap(flow_[at(v)], flow);
    std::swap(cost_[at(v)], cost);
    parent_[at(v)] = new_parent;
    size_[at(v)] = moved - new_below_size;
    new_below_size = old_size;
    new_parent = v;
    if (v == from) break;
    below = v;
    v = up;
  }
  (void)tail;
}

}  // namespace cellmnn
