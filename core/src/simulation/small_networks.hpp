/// The networks behind simulate_small(), one a name.
#pragma once

#include <string>
#include <vector>

#include "simulation/grn.hpp"

namespace cellmnn {

/// Cells that set out alike.
struct StartingKind {
  std::string name;
  std::vector<double> starts;  ///< (G) expression as a share of the gene's level
  double growth = 0;           ///< e-folds of their number from the first to the last time
};

struct SmallSystem {
  std::string name;
  GeneNetwork network;              ///< its two fates are different genes where it has fates
  std::vector<StartingKind> kinds;  ///< in equal numbers at first
  double duration;                  ///< of the network's clock, from the first to the last time
  Index hidden = 0;                 ///< how many genes, the last ones, are not measured

  bool has_fates() const { return network.fate_a != network.fate_b; }
};

std::vector<SmallSystem> all_small_systems();

}  // namespace cellmnn
