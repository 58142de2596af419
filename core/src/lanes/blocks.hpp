/// How cells are cut into blocks: the unit of parallel work. It does not depend on the number of
/// threads, so neither do results.
#pragma once

#include <algorithm>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"
#include "lanes/field.hpp"

namespace cellmnn {

inline constexpr Index kBlockCells = 48;  // a multiple of the register tile of Eigen's matrix product

struct BlockRange {
  Index begin, count;
};

/// Blocks of nearly equal size, about kBlockCells or less, so that threads end together. All but the
/// last end at a multiple of the largest SIMD width.
inline std::vector<BlockRange> blocks_of(Index cells) {
  const Index count = (cells + kBlockCells - 1) / kBlockCells;
  std::vector<BlockRange> blocks;
  Index begin = 0;
  for (Index i = 1; i <= count; ++i) {
    const Index end = i == count ? cells : (cells * i / count + kLanePad / 2) / kLanePad * kLanePad;
    blocks.push_back({begin, end - begin});
    begin = end;
  }
  return blocks;
}

/// Calls f(begin, count) for ranges of a vector of parameters, in parallel.
template <typename F>
void for_ranges(Index size, Executor& executor, const F& f) {
  constexpr Index kRange = 4096;
  executor.run((size + kRange - 1) / kRange, [&](std::ptrdiff_t i) {
    const Index begin = static_cast<Index>(i) * kRange;
    f(begin, std::min(kRange, size - begin));
  });
}

}  // namespace cellmnn
