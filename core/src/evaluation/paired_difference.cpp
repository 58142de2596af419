#include "cellmnn/paired_difference.hpp"

#include <algorithm>
#include <cstddef>

#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kDraws = 1000;
constexpr std::size_t kOutside = kDraws / 40;  // of the interval, on each side

/// W1 of a method at one time with these weights of its cells, of sum 0 beside their own ones, as the mean
/// over drawn seeds.
double drawn_w1(const SeedScores& scores, const Vector<double>& change, Rng& rng) {
  double sum = 0;
  for (std::size_t k = 0; k < scores.size(); ++k) {
    const Metrics& drawn = *scores[static_cast<std::size_t>(rng.below(scores.size()))];
    sum += drawn.w1 + change.dot(drawn.w1_by_target);
  }
  return sum / static_cast<double>(scores.size());
}

/// How the weights of m cells change if m cells are drawn with replacement.
void draw_cells(Rng& rng, Vector<double>& change) {
  const auto cells = static_cast<std::uint64_t>(change.size());
  const double each = 1 / static_cast<double>(cells);
  change.setConstant(-each);
  for (std::uint64_t i = 0; i < cells; ++i) change(static_cast<Index>(rng.below(cells))) += each;
}

double mean_w1(const SeedScores& scores) {
  double sum = 0;
  for (const Metrics* each : scores) sum += each->w1;
  return sum / static_cast<double>(scores.size());
}

bool is_exact(const std::vector<SeedScores>& method) {
  return std::all_of(method.begin(), method.end(), [](const SeedScores& scores) {
    return std::all_of(scores.begin(), scores.end(),
                       [](const Metrics* each) { return each->w1_by_target.size() > 0; });
  });
}

}  // namespace

std::optional<PairedDifference> paired_difference(const std::vector<SeedScores>& method,
                                                  const std::vector<SeedScores>& other, std::uint64_t seed) {
  if (!is_exact(method) || !is_exact(other)) return std::nullopt;
  const auto times = static_cast<double>(method.size());
  PairedDifference difference;
  std::vector<double> drawn(kDraws, 0);
  for (std::size_t h = 0; h < method.size(); ++h) {
    difference.mean += (mean_w1(method[h]) - mean_w1(other[h])) / times;
    Rng rng(seed, h);
    Vector<double> change(method[h].front()->w1_by_target.size());
    for (double& value : drawn) {
      draw_cells(rng, change);
      value += (drawn_w1(method[h], change, rng) - drawn_w1(other[h], change, rng)) / times;
    }
  }
  std::sort(drawn.begin(), drawn.end());
  difference.low = drawn[kOutside];
  difference.high = drawn[kDraws - 1 - kOutside];
  return difference;
}

}  // namespace cellmnn
