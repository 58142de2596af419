/// Searches over all arcs of the complete bipartite graph, with costs computed on the fly.
#pragma once

#include <vector>

#include "wasserstein_problem.hpp"
#include "wasserstein_tree.hpp"

namespace cellmnn {

/// min over rows j of `points` of cost(x_i, point_j) - duals(j), for every row i of x: the largest
/// dual variables that are feasible beside `duals`.
Vector<double> c_transform(const Matrix<double>& x, const Matrix<double>& points, const Vector<double>& duals,
                           TransportCost kind);

/// Finds arcs by their reduced cost, cost(i, j) - source_dual(i) - target_dual(j).
class ArcFinder {
 public:
  explicit ArcFinder(const TransportProblem& problem);

  /// The arcs whose reduced cost is below `limit`; of each source at most `most`, the least.
  std::vector<Arc> below(double limit, std::size_t most, const Duals& duals) const;

  /// A limit below which there are about `per_source` arcs a source.
  double limit_for(Index per_source, const Duals& duals) const;

 private:
  const TransportProblem& problem_;
  Matrix<float> y_;  // (D, padded m): lanes are targets
  float margin_;     // more than the error of a cost in float
};

}  // namespace cellmnn
