#include "base/subset.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cellmnn {

std::vector<Index> drawn(Index size, Index count, Rng& rng) {
  std::vector<Index> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), Index{0});
  const auto kept = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < kept; ++i)
    std::swap(order[i], order[i + static_cast<std::size_t>(rng.below(order.size() - i))]);
  order.resize(kept);
  return order;
}

std::vector<Index> random_subset(Index n, Index count, std::uint64_t seed, std::uint64_t stream) {
  Rng rng(seed, stream);
  std::vector<Index> rows = drawn(n, std::min(count, n), rng);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace cellmnn
