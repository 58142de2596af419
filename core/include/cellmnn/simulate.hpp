/// A small stochastic gene-regulatory system with a known network: the embedded data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cellmnn/tensor.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

/// A gene whose expression is held at a level from the start on: 0 is a knock-out.
struct HeldGene {
  std::string gene;
  double level = 0;  ///< at least 0
};

struct SimulateOptions {
  Index genes = 24;                             ///< 12 to 40; more genes are more downstream targets
  std::vector<double> times = {0, 1, 2, 3, 4};  ///< ascending, at least two; the whole of development
                                                ///< lies between the first and the last
  Index cells = 400;                            ///< cells of each snapshot
  Index dims = 5;                               ///< principal components kept, at most `genes`
  Index trajectories = 50;                      ///< true paths that are kept whole
  double noise = 0.15;                          ///< strength of the Langevin noise; 0 is deterministic
  double dropout = 0;                           ///< probability that a measured value is lost, in [0, 1)
  std::vector<HeldGene> held;
  std::uint64_t seed = 1;
};

/// source regulates target: sign +1 activates, -1 represses. The effect is a Hill function of
/// (strength * expression)^3: on its own, a source is half effective at expression 1 / strength.
struct NetworkEdge {
  Index source;
  Index target;
  int sign;
  double strength;
};

struct Simulation {
  TimeCourse data;                       ///< cells, expression, genes, loadings
  std::vector<NetworkEdge> network;      ///< the true edges
  std::vector<std::vector<int>> fates;   ///< per snapshot, per cell: 0 undecided, 1 or 2
  std::vector<double> trajectory_times;  ///< (T)
  Tensor3<float> trajectories;           ///< (paths, T, G): the true expression along each path
};

/// A progenitor matures and takes one of two fates, in the kinetics of core/src/grn.hpp. Each snapshot
/// measures cells of its own and so destroys them. Expression is in arbitrary units from 0 to about 4,
/// like log-normalised counts. The network depends on the number of genes only. Cells keep their random
/// numbers when a gene is held, so two simulations with one seed differ by its effect alone. Throws usage
/// for options out of range.
Simulation simulate(const SimulateOptions& options);

}  // namespace cellmnn
