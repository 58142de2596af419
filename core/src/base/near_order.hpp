/// An order of points in which near ones follow each other.
#pragma once

#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// The place of each point (N, D) in the order of the leaves of a k-d tree, which halves the points along the
/// dimension that varies most; ties keep their order.
std::vector<Index> near_order(const MatrixView<float>& points);

}  // namespace cellmnn
