/// Scores of a suite by method and held-out time.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cellmnn/evaluation.hpp"

namespace cellmnn {

struct ScoredMethod {
  std::string method, protocol;                         ///< as in Score
  std::map<double, std::vector<const Score*>> by_time;  ///< of each seed
};

/// Of all methods but the noise floor, in the order of their first scores, which must outlive them.
std::vector<ScoredMethod> scored_methods(const std::vector<Score>& scores);

}  // namespace cellmnn
