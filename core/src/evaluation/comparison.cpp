#include "cellmnn/comparison.hpp"

#include <algorithm>
#include <optional>

#include "evaluation/scored_methods.hpp"

namespace cellmnn {
namespace {

/// Those with scores at all held-out times.
std::vector<ScoredMethod> complete_methods(const SuiteResult& result) {
  std::vector<ScoredMethod> methods = scored_methods(result.scores);
  std::erase_if(methods,
                [&](const ScoredMethod& each) { return each.by_time.size() < result.held_out_cells.size(); });
  return methods;
}

/// In the order of times.
std::vector<SeedScores> metrics_of(const ScoredMethod& method) {
  std::vector<SeedScores> metrics;
  for (const auto& [time, seeds] : method.by_time) {
    metrics.emplace_back();
    for (const Score* score : seeds) metrics.back().push_back(&score->metrics);
  }
  return metrics;
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
      const auto difference = paired_difference(metrics_of(method), metrics_of(*other));
      if (difference) comparisons.push_back({method.method, method.protocol, interpolation, *difference});
    }
  }
  return comparisons;
}

}  // namespace cellmnn
