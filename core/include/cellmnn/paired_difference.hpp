/// Whether one method is nearer to the held-out cells than another, or only by chance.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cellmnn/metrics.hpp"

namespace cellmnn {

/// The scores of a method at one held-out time, one for each of its seeds.
using SeedScores = std::vector<const Metrics*>;

/// The mean of W1 of one method less that of another, and its 95 % interval.
struct PairedDifference {
  double mean = 0, low = 0, high = 0;

  bool is_better() const { return high < 0; }
  bool is_worse() const { return low > 0; }
};

/// By a paired bootstrap: the held-out cells of each time are drawn with replacement, the same ones for both
/// methods, and so are the seeds of each. W1 of drawn cells is taken to first order, by the dual variables of
/// the optimal transport, which is what the central limit theorem of transport costs has (del Barrio,
/// Gonzalez-Sanz and Loubes, "Central limit theorems for general transportation costs", 2021). The cells that
/// a prediction begins with are not drawn anew. Both methods have scores at the same times, at least one, in
/// the same order; nothing if W1 of one of them is not exact.
std::optional<PairedDifference> paired_difference(const std::vector<SeedScores>& method,
                                                  const std::vector<SeedScores>& other,
                                                  std::uint64_t seed = 0);

}  // namespace cellmnn
