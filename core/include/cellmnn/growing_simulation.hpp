/// The system of simulate.hpp with cells that divide and die, at rates that follow from their state.
#pragma once

#include <vector>

#include "cellmnn/simulate.hpp"

namespace cellmnn {

/// Rates per unit of the user's time. Those of a cell are in proportion to its expression of a gene, up to
/// the gene's full expression.
struct GrowthOptions {
  double division = 0;  ///< of a cell with full FateA1
  double death = 0;     ///< of a cell with full FateB1
};

struct GrowingSimulation {
  Simulation simulation;
  std::vector<Vector<double>> growth;  ///< per snapshot, per cell: rate of division less that of death
  std::vector<double> sizes;           ///< per snapshot: cells alive of a population that began with `cells`
};

/// Each snapshot measures some of the living descendants of founders of its own: as many as cells are asked
/// for, or more where too few would be alive. Random numbers differ from those of simulate(). Throws usage
/// for options out of range, and where nearly all cells die.
GrowingSimulation simulate_growing(const SimulateOptions& options, const GrowthOptions& growth);

}  // namespace cellmnn
