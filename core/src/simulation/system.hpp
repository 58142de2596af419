/// What all cells of a simulation have in common, and what is done with them.
#pragma once

#include <cstddef>
#include <vector>

#include "cellmnn/simulate.hpp"
#include "simulation/cell.hpp"

namespace cellmnn {

struct System {
  GeneNetwork network;
  std::vector<HeldIndex> held;
  double duration = kDevelopment;  ///< of the network's clock, from the first to the last time
};

/// Throws usage for options out of range.
System system_of(const SimulateOptions& options);

/// Throws usage for options of times, cells, paths and noise that are out of range.
void validate_cells(const SimulateOptions& options);

/// Throws usage for a gene that the network does not have, and for levels below 0; `option` is its name.
std::vector<HeldIndex> held_genes(const GeneNetwork& network, const std::vector<HeldGene>& held,
                                  const std::string& option);

/// How much of the network's clock has passed at one of the user's times.
double development_at(double time, const System& system, const SimulateOptions& options);

/// Cells by name: the same cell whatever else is simulated.
Cell make_cell(const System& system, const SimulateOptions& options, std::size_t group, Index number);

/// Adds a snapshot, to be filled by measure().
void begin_snapshot(double time, const SimulateOptions& options, Simulation& result);

/// Measures a cell, which destroys it, as the next one of the last snapshot.
void measure(Cell& cell, const SimulateOptions& options, Simulation& result);

/// The place of a true path's cell in the streams of random numbers.
Cell make_followed_cell(const System& system, const SimulateOptions& options, Index path);

/// Makes room for the true paths, and names their times.
void begin_trajectories(const SimulateOptions& options, Simulation& result);

/// Follows a cell from the first to the last time.
void follow(Cell cell, Index path, const System& system, Simulation& result);

/// Adds all but the snapshots: true paths, latent coordinates, names of genes, the network.
void complete(const System& system, const SimulateOptions& options, Simulation& result);

}  // namespace cellmnn
