/// A simulation as files.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/growing_simulation.hpp"

namespace cellmnn {

/// All cells: obs time and fate, also growth if there is any (by snapshot), obsm X_pca, the expression and
/// its loadings.
void write_cells(const std::string& path, const Simulation& simulation,
                 const std::vector<Vector<double>>& growth = {});

/// The sizes of the population as csv with the columns time and count.
void write_counts(const std::string& path, const GrowingSimulation& simulation);

/// The true network as csv with the columns Gene1 (source), Gene2 (target) and Sign.
void write_network(const std::string& path, const Simulation& simulation);

/// The true paths as npz: trajectories (paths, T, G) and times (T).
void write_trajectories(const std::string& path, const Simulation& simulation);

}  // namespace cellmnn
