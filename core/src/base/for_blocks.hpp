/// Rows, columns or responses in blocks, which are the tasks of an Executor.
#pragma once

#include <algorithm>
#include <cstddef>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Calls f(begin, count) for the blocks of 0 ... size - 1, in parallel.
template <typename F>
void for_blocks(Index size, Index block_size, Executor& executor, const F& f) {
  executor.run((size + block_size - 1) / block_size, [&](std::ptrdiff_t block) {
    const Index begin = static_cast<Index>(block) * block_size;
    f(begin, std::min(block_size, size - begin));
  });
}

}  // namespace cellmnn
