/// Random choices without replacement.
#pragma once

#include <vector>

#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// The first `count` of 0 ... size - 1 in random order.
std::vector<Index> drawn(Index size, Index count, Rng& rng);

}  // namespace cellmnn
