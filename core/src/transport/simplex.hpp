/// The network simplex method over a working set of arcs that grows by pricing all arcs.
#pragma once

#include <vector>

#include "transport/problem.hpp"
#include "transport/tree.hpp"

namespace cellmnn {

class TransportSimplex {
 public:
  /// Begins with the arcs of least reduced cost under `start`, which best is near the optimal duals.
  TransportSimplex(const TransportProblem& problem, const Duals& start);

  /// Takes the costs of `problem`, which differs in its coordinates only: the plan stays feasible, and
  /// is a good start if the points have moved a little.
  void move_points(const TransportProblem& problem);

  /// Pivots until no arc has a negative reduced cost.
  void optimise(const TransportProblem& problem);

  const SpanningTree& tree() const { return tree_; }

 private:
  void pivot_over_working_set(double tolerance);

  SpanningTree tree_;
  std::vector<Arc> arcs_;  // the working set
  std::size_t first_count_;
};

}  // namespace cellmnn
