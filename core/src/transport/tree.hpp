/// The basis of the network simplex method: a spanning tree with flows and potentials.
#pragma once

#include <cstdint>
#include <vector>

#include "transport/problem.hpp"

namespace cellmnn {

/// A strongly feasible spanning tree (Cunningham 1976) over all nodes and an artificial root, which is
/// the last node: the leaving arc is chosen so that degenerate pivots cannot cycle.
///
/// Potentials p satisfy p(source) - p(target) = cost on every arc of the tree. Nodes are linked in
/// preorder, in a circle, so that a subtree is a run of the list and its potentials are shifted by a
/// plain walk.
class SpanningTree {
 public:
  /// A star: each point hangs from the root by an artificial arc which costs its dual and a penalty so
  /// large that the optimal plan between all sources and targets does not use it.
  SpanningTree(const TransportProblem& problem, const Duals& duals);

  double reduced_cost(const Arc& arc) const {
    return arc.cost - potential_[arc.source] + potential_[arc.target];
  }

  /// Brings in an arc of negative reduced cost.
  void pivot(const Arc& entering);

  /// Recomputes the potentials from the costs, which removes the rounding errors of many pivots.
  void refresh_potentials();

  /// Takes the costs of its arcs from `problem`, whose points may have moved.
  void refresh_costs(const TransportProblem& problem);

  Duals duals() const;  ///< the mean of the target duals is 0

  struct Flow {
    Index source;
    Index target;
    std::int64_t mass;
  };
  std::vector<Flow> flows() const;  ///< of positive mass, without artificial arcs

 private:
  bool is_source(Node node) const { return node < sources_; }

  struct Cycle {
    Node join;     // where the two ways from the entering arc to the root meet
    Node leaving;  // the lower end of the leaving arc
    bool on_source_side;
    std::int64_t flow;
  };
  Cycle find_cycle(Node source, Node target) const;
  void send(const Cycle& cycle, Node source, Node target);
  void detach(Node v, Node join);
  void reroot(Node old_top, Node top);
  void attach(Node v, Node parent, Node join);
  void shift_subtree(Node top, double change);
  void link(Node v, Node w);

  Node sources_, root_;
  // Of each node: its place in the tree, and the arc to its parent.
  std::vector<Node> parent_;
  std::vector<Node> next_, previous_;  // in preorder
  std::vector<Node> last_;             // the last node of its subtree in preorder
  std::vector<std::uint32_t> size_;    // of its subtree
  std::vector<std::int64_t> flow_;
  std::vector<double> cost_;
  std::vector<double> potential_;
};

}  // namespace cellmnn
