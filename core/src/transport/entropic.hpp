/// Entropic optimal transport between all cells of two snapshots.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

/// Replaces costs (N, M) by the plan of uniform marginals after 100 iterations of Sinkhorn, columns first:
/// u_i exp(-C_ij / eps) v_j, of sum 1, with eps = `regularisation` times the median cost, or the mean cost
/// where the median is 0. Costs that are all alike give the independent plan. Throws numerical for costs that
/// are not finite.
void make_entropic_plan(Matrix<double>& costs, double regularisation);

}  // namespace cellmnn
