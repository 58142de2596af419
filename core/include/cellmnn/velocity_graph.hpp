/// Towards which other cells each cell moves.
#pragma once

#include <optional>

#include "cellmnn/parallel.hpp"
#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// The `count` nearest other cells of each of `cells` (N, D), the nearest first: (N, count) rows of `cells`.
/// Throws bad_input unless 1 <= count < N and D > 0, or for values that are not finite.
Matrix<Index> nearest_cells(const MatrixView<float>& cells, Index count, Executor& executor);

struct VelocityGraph {
  Matrix<Index> neighbors;      ///< (N, k) from nearest_cells()
  Matrix<float> probabilities;  ///< (N, k) of moving there; rows sum to 1
};

/// Probabilities in proportion to exp(10 c), where c is the cosine between the velocity of a cell and the
/// step to its neighbour (10 is scVelo's scale); alike where a cell does not move. `cells` and `velocity`
/// are (N, D).
VelocityGraph velocity_graph(const MatrixView<float>& cells, const MatrixView<float>& velocity,
                             Index neighbors, Executor& executor);

/// The direction of movement in another embedding (N, E) of the same cells, by scVelo's rule: the sum over
/// neighbours j of (p_ij - 1 / k) (y_j - y_i) / |y_j - y_i|. Its length says how clear the direction is, not
/// how fast a cell is. (N, E). Throws bad_input for another number of cells.
Matrix<float> projected_velocity(const VelocityGraph& graph, const MatrixView<float>& embedding);

/// A chain of cells for tools that follow it far, such as CellRank. All matrices are (N, N) with the same
/// entries: j of cell i where one of them is among the k nearest of the other, so that every way can be gone
/// back.
struct TransitionMatrix {
  SparseMatrix probabilities;   ///< of moving from i to j; rows sum to 1
  SparseMatrix distances;       ///< |x_j - x_i|
  SparseMatrix connectivities;  ///< exp(-d^2 / (r_i r_j)), r the distance to the k-th nearest cell
  double scale = 0;             ///< of the cosines
};

/// Probabilities in proportion to exp(scale c) as in velocity_graph(), with the scale of CellRank's
/// VelocityKernel unless one is given: 1 over the median of |c|, so that half of the neighbours differ by
/// less than a factor of e^2. Connectivities are those of Zelnik-Manor & Perona (2004). Cells at one place
/// have distance 0, which is no entry; they are no neighbours.
TransitionMatrix transition_matrix(const MatrixView<float>& cells, const MatrixView<float>& velocity,
                                   Index neighbors, std::optional<double> scale, Executor& executor);

}  // namespace cellmnn
