/// The monotone cubic through given points (Fritsch and Butland, "A method for constructing local monotone
/// piecewise cubic interpolants", 1984), known as PCHIP.
#pragma once

#include <vector>

namespace cellmnn {

/// Its value at x within the nodes, which ascend; at least two. It goes through all nodes, rises and falls
/// only where they do, and has its turning points at nodes.
double monotone_cubic(const std::vector<double>& nodes, const std::vector<double>& values, double x);

}  // namespace cellmnn
