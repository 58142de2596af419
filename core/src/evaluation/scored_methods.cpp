#include "evaluation/scored_methods.hpp"

#include <algorithm>

#include "cellmnn/methods.hpp"

namespace cellmnn {

std::vector<ScoredMethod> scored_methods(const std::vector<Score>& scores) {
  std::vector<ScoredMethod> methods;
  for (const Score& score : scores) {
    if (score.method == kNoiseFloor) continue;
    auto found = std::find_if(methods.begin(), methods.end(), [&](const ScoredMethod& each) {
      return each.method == score.method && each.protocol == score.protocol;
    });
    if (found == methods.end()) found = methods.insert(found, {score.method, score.protocol, {}});
    found->by_time[score.hold_out].push_back(&score);
  }
  return methods;
}

}  // namespace cellmnn
