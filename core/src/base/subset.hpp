/// Random subsets without replacement.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// `count` of 0 ... n - 1, ascending, each subset as likely as any other; all of them if count >= n.
std::vector<Index> random_subset(Index n, Index count, std::uint64_t seed, std::uint64_t stream);

}  // namespace cellmnn
