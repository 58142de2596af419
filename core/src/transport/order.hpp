/// Points in an order that keeps near points together.
#pragma once

#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// The rows of `points`, ordered so that each run of `run` points (and the rest at the end) lies in a
/// cell of a k-d tree, which halves the widest coordinate.
std::vector<Index> spatial_order(const Matrix<double>& points, Index run);

}  // namespace cellmnn
