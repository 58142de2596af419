#include "cellmnn/comparison.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace cellmnn {
namespace {

struct ScoredMethod {
  std::string method, protocol;
  std::map<double, SeedScores> by_time;

  /// In the order of times.
  std::vector<SeedScores> scores() const {
    std::vector<SeedScores> scores;
    for (const auto& [time, seeds] : by_time) scores.push_back(seeds);
    return scores;
  }
};

/// Those with scores at all held-out times, in the order of their first scores.
std::vector<ScoredMethod> complete_methods(const SuiteResult& result) {
  std::vector<ScoredMethod> methods;
  for (const Score& score : result.scores) {
    if (score.method == kNoiseFloor) continue;
    auto found = std::find_if(methods.begin(), methods.end(), [&](const ScoredMethod& each) {
      return each.method == score.method && each.protocol == score.protocol;
    });
    if (found == methods.end()) found = methods.insert(found, {score.method, score.protocol, {}});
    found->by_time[score.hold_out].push_back(&score.metrics);
  }
  std::erase_if(methods,
                [&](const ScoredMethod& each) { return each.by_time.size() < result.held_out_cells.size(); });
  return methods;
}

}  // namespace

std::string Comparison::verdict() const {
  return difference.is_better() ? "better" : difference.is_worse() ? "worse" : "chance";
}

std::vector<Comparison> comparisons_of(const SuiteResult& result) {
  const std::vector<ScoredMethod> methods = complete_methods(result);
  std::vector<Comparison> comparisons;
  for (const ScoredMethod& method : methods) {
    for (const char* interpolation : kInterpolations) {
      const auto other = std::find_if(methods.begin(), methods.end(),
                                      [&](const ScoredMethod& each) { return each.method == interpolation; });
      if (other == methods.end() || method.method == interpolation) continue;
      const auto difference = paired_difference(method.scores(), other->scores());
      if (difference) comparisons.push_back({method.method, method.protocol, interpolation, *difference});
    }
  }
  return comparisons;
}

}  // namespace cellmnn
