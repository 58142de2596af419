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
};

/// Throws usage for options out of range.
System system_of(const SimulateOptions& options);

/// Throws usage unless the times ascend and are at least two.
void require_times(const std::vector<double>& times);

/// Throws usage for a gene that the network does not have, and for levels below 0.
std::vector<HeldIndex> held_genes(const GeneNetwork& network, const std::vector<HeldGene>& held);

/// How much of the network's clock has passed at one of the user's times.
double development_at(double time, const SimulateOptions& options);

/// Cells by name: the same cell whatever else is simulated.
Cell make_cell(const System& system, const SimulateOptions& options, std::size_t group, Index number);

/// Adds a snapshot, to be filled by measure().
void begin_snapshot(double time, const SimulateOptions& options, Simulation& result);

/// Measures a cell, which destroys it, as the next one of the last snapshot.
void measure(Cell& cell, const SimulateOptions& options, Simulation& result);

/// Adds all but the snapshots: true paths, latent coordinates, names of genes, the network.
void complete(const System& system, const SimulateOptions& options, Simulation& result);

}  // namespace cellmnn
