/// How cells are cut into blocks: the unit of parallel work.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

/// A multiple of every SIMD width, and of the register tile of Eigen's matrix product. It does not
/// depend on the number of threads, so neither do results.
inline constexpr Index kBlockCells = 48;

}  // namespace cellmnn
