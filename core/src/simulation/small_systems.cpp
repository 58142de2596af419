#include "cellmnn/small_systems.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "cellmnn/error.hpp"
#include "simulation/small_networks.hpp"
#include "simulation/system.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kKindStream = 1ULL << 63U;  // of the seed; cells have those below

const SmallSystem& system_named(const std::string& name) {
  std::string known;
  for (const SmallSystem& system : all_small_systems()) {
    if (system.name == name) return system;
    known += (known.empty() ? "" : ", ") + std::string(system.name);
  }
  throw Error(ErrorCode::usage, "system", " is '" + name + "'; expected one of " + known);
}

/// Those of the simulation of one large network; `genes` are the measured ones.
SimulateOptions simulate_options(const SmallSystemOptions& options, const SmallSystem& system) {
  SimulateOptions result;
  result.genes = std::ssize(system.genes) - system.hidden;
  result.times = options.times;
  result.cells = options.cells;
  result.trajectories = options.trajectories;
  result.noise = options.noise;
  result.seed = options.seed;
  if (!options.knocked_out.empty()) result.held = {{options.knocked_out, 0}};
  validate_cells(result);
  return result;
}

/// Which kind the cell of a snapshot is of: kinds that divide are many after `share` of the whole time.
std::size_t kind_of(const SmallSystem& system, std::uint64_t seed, std::size_t group, Index number,
                    double share) {
  const auto size = [&](const KindRow& kind) { return std::exp(kind.growth * share); };
  double all = 0;
  for (const KindRow& kind : system.kinds) all += size(kind);
  const std::uint64_t stream =
      (static_cast<std::uint64_t>(group) << 32U) + static_cast<std::uint64_t>(number);
  double left = all * Rng(seed, kKindStream + stream).uniform();
  std::size_t k = 0;
  while (k + 1 < system.kinds.size() && (left -= size(system.kinds[k])) > 0) ++k;
  return k;
}

/// Names, and components that are the measured genes.
void complete_small(const SmallSystem& system, Index measured, SmallSimulation& result) {
  for (const GeneRow& gene : system.genes) result.genes.emplace_back(gene.name);
  if (system.has_fates) {
    result.kinds.emplace_back("undecided");
    result.kinds.insert(result.kinds.end(), result.genes.begin(), result.genes.begin() + 2);
  } else {
    for (const KindRow& kind : system.kinds) result.kinds.emplace_back(kind.name);
  }
  TimeCourse& data = result.simulation.data;
  for (Snapshot& snapshot : data.snapshots) snapshot.cells = snapshot.expression;
  data.gene_space.genes.assign(result.genes.begin(), result.genes.begin() + measured);
  data.gene_space.loadings = Matrix<float>::Identity(measured, measured);
  data.gene_space.mean = Vector<float>::Zero(measured);
}

}  // namespace

std::vector<std::string> small_systems() {
  std::vector<std::string> names;
  for (const SmallSystem& system : all_small_systems()) names.emplace_back(system.name);
  return names;
}

SmallSimulation simulate_small(const SmallSystemOptions& options) {
  const SmallSystem& chosen = system_named(options.system);
  const SimulateOptions simulated = simulate_options(options, chosen);
  std::array<System, 2> systems;  // one a kind; no system has more
  for (std::size_t k = 0; k < chosen.kinds.size(); ++k) {
    systems[k].network = network_of(chosen, chosen.kinds[k]);
    systems[k].held = held_genes(systems[k].network, simulated.held, "knocked_out");
    systems[k].duration = chosen.duration;
  }

  SmallSimulation result;
  Simulation& simulation = result.simulation;
  for (std::size_t s = 0; s < options.times.size(); ++s) {
    begin_snapshot(options.times[s], simulated, simulation);
    const double development = development_at(options.times[s], systems.front(), simulated);
    for (Index n = 0; n < options.cells; ++n) {
      const std::size_t kind = kind_of(chosen, options.seed, s, n, development / chosen.duration);
      Cell cell = make_cell(systems[kind], simulated, s, n);
      cell.advance(development);
      measure(cell, simulated, simulation);
      if (!chosen.has_fates) simulation.fates.back().back() = static_cast<int>(kind);
    }
  }
  begin_trajectories(simulated, simulation);
  for (Index path = 0; path < options.trajectories; ++path) {
    const System& system = systems[kind_of(chosen, options.seed, options.times.size(), path, 0)];
    follow(make_followed_cell(system, simulated, path), path, system, simulation);
  }
  simulation.network = systems.front().network.edges;
  complete_small(chosen, simulated.genes, result);
  return result;
}

}  // namespace cellmnn
