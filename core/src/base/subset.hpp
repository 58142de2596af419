/// Random subsets without replacement.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// The first `count` of 0 ... size - 1 in random order.
std::vector<Index> drawn(Index size, Index count, Rng& rng);

/// `count` of 0 ... n - 1, ascending, each subset as likely as any other; all of them if count >= n.
std::vector<Index> random_subset(Index n, Index count, std::uint64_t seed, std::uint64_t stream);

}  // namespace cellmnn
