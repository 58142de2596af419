#include "base/draw.hpp"

#include <numeric>
#include <utility>

namespace cellmnn {

std::vector<Index> drawn(Index size, Index count, Rng& rng) {
  std::vector<Index> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto left = static_cast<std::uint64_t>(order.size() - i);
    std::swap(order[i], order[i + static_cast<std::size_t>(rng.below(left))]);
  }
  order.resize(static_cast<std::size_t>(count));
  return order;
}

}  // namespace cellmnn
