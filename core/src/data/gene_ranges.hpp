/// Work on the genes of a sparse matrix that threads share out, each gene in the order of its cells.
#pragma once

#include <algorithm>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/sparse.hpp"

namespace cellmnn {

/// Calls f(entries) for ranges of genes, where entries(visit) calls visit(gene, value) for all values of the
/// range in these cells, in their order.
template <typename F>
void for_gene_ranges(const SparseMatrix& x, const std::vector<Index>& cells, Executor& executor, const F& f) {
  constexpr Index kRanges = 8;
  executor.run(kRanges, [&](std::ptrdiff_t range) {
    const auto begin = static_cast<std::int32_t>(x.columns * range / kRanges);
    const auto end = static_cast<std::int32_t>(x.columns * (range + 1) / kRanges);
    f([&](const auto& visit) {
      for (const Index cell : cells) {
        const std::int32_t* const first = x.indices.data() + x.start(cell);
        const std::int32_t* const last = x.indices.data() + x.start(cell + 1);
        const float* const values = x.values.data() + x.start(cell);
        for (const auto* at = std::lower_bound(first, last, begin); at != last && *at < end; ++at) {
          visit(*at, values[at - first]);
        }
      }
    });
  });
}

}  // namespace cellmnn
