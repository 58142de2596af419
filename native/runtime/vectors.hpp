/// Between the vectors of std and of Eigen.
#pragma once

#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

template <typename Scalar>
Vector<Scalar> to_vector(const std::vector<Scalar>& values) {
  return Eigen::Map<const Vector<Scalar>>(values.data(), static_cast<Index>(values.size()));
}

}  // namespace cellmnn
