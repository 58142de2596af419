/// Which methods of a suite are nearer than interpolation by optimal transport, and by more than chance.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/paired_difference.hpp"
#include "cellmnn/suite.hpp"

namespace cellmnn {

/// The interpolations that every method is compared with.
inline constexpr const char* kInterpolations[] = {"ot-interpolate", "ot-interpolate-w2"};

/// W1 of a method less that of an interpolation, over all held-out times.
struct Comparison {
  std::string method, protocol;  ///< as in Score
  std::string against;           ///< one of kInterpolations
  PairedDifference difference;

  std::string verdict() const;  ///< "better", "worse" or "chance"
};

/// Every method beside each interpolation that was scored, where both have exact scores at all held-out
/// times; the noise floor is left out, because it is scored against other cells.
std::vector<Comparison> comparisons_of(const SuiteResult& result);

}  // namespace cellmnn
