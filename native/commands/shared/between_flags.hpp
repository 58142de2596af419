/// The options of the population between two snapshots.
#pragma once

#include <optional>

#include "cellmnn/two_sided.hpp"

namespace cellmnn {

class Command;

struct BetweenFlags {
  std::optional<double> pool, spread, bend, bridge;

  void add_to(Command& command);

  /// What was given, on top of the defaults, which of the paper's preset are all 0. Throws usage out of
  /// range.
  BetweenOptions options(bool paper = false) const;

  bool any_given() const { return pool || spread || bend || bridge; }
};

}  // namespace cellmnn
