/// Small systems of genes, for lessons: each shows one thing that snapshots tell, or hide, and the truth is
/// known.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cellmnn/simulate.hpp"

namespace cellmnn {

/// The names of all of them, as SmallSystemOptions takes them.
std::vector<std::string> small_systems();

struct SmallSystemOptions {
  std::string system = "switch";
  std::vector<double> times = {0, 1, 2, 3, 4};  ///< as those of SimulateOptions
  Index cells = 200;                            ///< cells of each snapshot
  Index trajectories = 40;                      ///< true paths that are kept whole
  double noise = 0.1;                           ///< as that of SimulateOptions
  std::string knocked_out;                      ///< a gene that is never made, or empty
  std::uint64_t seed = 1;
};

struct SmallSimulation {
  Simulation
      simulation;  ///< components are the measured genes; fates are places in `kinds`, edges in `genes`
  std::vector<std::string> genes;  ///< of the network: the measured ones, then those that are hidden
  std::vector<std::string> kinds;  ///< of cells
};

/// Cells of one system in the kinetics of core/src/simulation/grn.hpp. Cells keep their random numbers when a
/// gene is knocked out. Throws usage for options out of range and for a system or gene that does not exist.
SmallSimulation simulate_small(const SmallSystemOptions& options);

}  // namespace cellmnn
