#include "base/subset.hpp"

#include <algorithm>
#include <numeric>

#include "cellmnn/rng.hpp"

namespace cellmnn {

std::vector<Index> random_subset(Index n, Index count, std::uint64_t seed, std::uint64_t stream) {
  std::vector<Index> rows(static_cast<std::size_t>(n));
  std::iota(rows.begin(), rows.end(), Index{0});
  if (count >= n) return rows;
  Rng rng(seed, stream);
  const auto kept = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < kept; ++i) {
    std::swap(rows[i], rows[i + static_cast<std::size_t>(rng.below(rows.size() - i))]);
  }
  rows.resize(kept);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace cellmnn
