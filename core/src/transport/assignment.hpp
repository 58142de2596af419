/// Optimal assignment: exact transport between two small sets of as many points.
#pragma once

#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// The column of every row so that the sum of cost(row, column) is least. cost: (n, n), finite. For some
/// hundred rows: the time grows with n^3 at worst. wasserstein.hpp is for more.
std::vector<Index> optimal_assignment(const Matrix<double>& cost);

}  // namespace cellmnn
