/// A transport problem in the form the solver works on: normalised coordinates and integer masses.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/wasserstein.hpp"

namespace cellmnn {

/// Integer masses keep every flow exact. Those of the sources and of the targets have the same sum.
using Masses = std::vector<std::int64_t>;

/// A node of the bipartite graph: source i is node i, target j is node n + j.
using Node = std::uint32_t;

struct Arc {
  Node source;
  Node target;
  double cost;
};

/// The cost between row i of x and row j of y.
double transport_cost(const Matrix<double>& x, Index i, const Matrix<double>& y, Index j, TransportCost kind);

/// No cost between points of [-1, 1]^dims is larger.
double largest_cost(Index dims, TransportCost kind);

/// Costs are computed from the coordinates, which lie in [-1, 1]; no cost matrix is kept.
struct TransportProblem {
  Matrix<double> x;  ///< (n, D)
  Matrix<double> y;  ///< (m, D)
  Masses a;          ///< (n), positive
  Masses b;          ///< (m), positive
  TransportCost kind;

  Index sources() const { return x.rows(); }
  Index targets() const { return y.rows(); }
  double cost(Index i, Index j) const { return transport_cost(x, i, y, j, kind); }
  double arc_cost(Node source, Node target) const {
    return cost(static_cast<Index>(source), static_cast<Index>(target) - sources());
  }
  Arc arc(Index i, Index j) const {
    return {static_cast<Node>(i), static_cast<Node>(sources() + j), cost(i, j)};
  }
  double largest_cost() const { return cellmnn::largest_cost(x.cols(), kind); }
};

/// Dual variables; feasible if source(i) + target(j) <= cost(i, j).
struct Duals {
  Vector<double> source;  ///< (n)
  Vector<double> target;  ///< (m)
};

/// Moves both sets into [-1, 1]^D. Costs are those of the problem times the returned factor, a power
/// of two.
double normalise(Matrix<double>& x, Matrix<double>& y, TransportCost kind);

/// Masses for weights a (n) and b (m): exact for uniform weights (empty vectors), else rounded to
/// 2^-60 of the total. A point of weight 0 gets one unit, so that every point has a place in the plan.
void set_masses(TransportProblem& problem, const Vector<double>& a, const Vector<double>& b);

/// The same problem between the centres of mass of small clusters of points.
TransportProblem coarsened(const TransportProblem& problem);

}  // namespace cellmnn
