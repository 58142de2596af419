#include "native/runtime/vectors.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cellmnn {

std::vector<Index> by_size(const Vector<double>& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return std::abs(values(a)) > std::abs(values(b)); });
  return order;
}

}  // namespace cellmnn
