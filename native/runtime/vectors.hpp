/// Vectors of std and of Eigen, and the order of their values.
#pragma once

#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

template <typename Scalar>
Vector<Scalar> to_vector(const std::vector<Scalar>& values) {
  return Eigen::Map<const Vector<Scalar>>(values.data(), static_cast<Index>(values.size()));
}

/// The places of values by their size without the sign, the largest first; ties stay in order.
std::vector<Index> by_size(const Vector<double>& values);

}  // namespace cellmnn
