/// N-dimensional results, such as positions at T times of N cells in D dimensions.
#pragma once

#include <xtensor/xtensor.hpp>

namespace cellmnn {

/// Row-major array with three axes; the doc comment of each function names them.
template <typename Scalar>
using Tensor3 = xt::xtensor<Scalar, 3>;

}  // namespace cellmnn
