#include "cellmnn/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/option_check.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/pca.hpp"
#include "simulation/system.hpp"

namespace cellmnn {
namespace {

constexpr Index kTrajectoryTimes = 41;
constexpr double kTrajectorySteps = kTrajectoryTimes - 1;
constexpr std::size_t kMostTimes = 1000;

void require_times(const std::vector<double>& times) {
  if (times.size() < 2 || times.size() > kMostTimes) {
    throw Error(
        ErrorCode::usage, "times",
        " has length " + std::to_string(times.size()) + "; expected 2 to " + std::to_string(kMostTimes));
  }
  for (std::size_t k = 0; k < times.size(); ++k) {
    if (!std::isfinite(times[k]) || (k > 0 && times[k] <= times[k - 1])) {
      throw Error(ErrorCode::usage, "times",
                  " are " + listed(times) + "; expected finite numbers in ascending order");
    }
  }
}

void validate(const SimulateOptions& options) {
  require_range("genes", options.genes, 12, 40);
  validate_cells(options);
  require_range("dims", options.dims, 1,
                std::min(options.genes, options.cells * static_cast<Index>(options.times.size())));
}

/// Latent coordinates: principal components of all cells of all snapshots.
void project(Index dims, TimeCourse& data) {
  std::vector<Snapshot>& snapshots = data.snapshots;
  const Index cells = snapshots.front().expression.rows();
  Matrix<float> expression(cells * static_cast<Index>(snapshots.size()), snapshots.front().expression.cols());
  Index row = 0;
  for (const Snapshot& snapshot : snapshots) {
    expression.middleRows(row, cells) = snapshot.expression;
    row += cells;
  }

  Pca pca = principal_components(expression, dims);
  row = 0;
  for (Snapshot& snapshot : snapshots) {
    snapshot.cells = pca.scores.middleRows(row, cells);
    row += cells;
  }
  data.gene_space.loadings = std::move(pca.loadings);
  data.gene_space.mean = std::move(pca.mean);
}

}  // namespace

void validate_cells(const SimulateOptions& options) {
  require_times(options.times);
  require_range("cells", options.cells, 1, 100000);
  require_range("paths", options.trajectories, 0, 10000);
  require_option(options.noise >= 0 && options.noise <= 1, "noise", options.noise, "0 to 1");
  require_option(options.dropout >= 0 && options.dropout < 1, "dropout", options.dropout,
                 "0 or more and below 1");
}

std::vector<HeldIndex> held_genes(const GeneNetwork& network, const std::vector<HeldGene>& held,
                                  const std::string& option) {
  std::vector<HeldIndex> result;
  for (const HeldGene& each : held) {
    const auto found = std::find_if(network.genes.begin(), network.genes.end(),
                                    [&](const Gene& gene) { return gene.name == each.gene; });
    if (found == network.genes.end()) {
      std::string names;
      for (const Gene& gene : network.genes) names += (names.empty() ? "" : ", ") + gene.name;
      throw Error(ErrorCode::usage, option, " is '" + each.gene + "', but the simulated genes are " + names);
    }
    require_option(each.level >= 0 && std::isfinite(each.level), option, each.level,
                   "0 or more for " + each.gene);
    result.push_back({found - network.genes.begin(), each.level});
  }
  return result;
}

System system_of(const SimulateOptions& options) {
  validate(options);
  System system{gene_network(options.genes), {}};
  system.held = held_genes(system.network, options.held, "hold");
  return system;
}

double development_at(double time, const System& system, const SimulateOptions& options) {
  const double first = options.times.front();
  return system.duration * (time - first) / (options.times.back() - first);
}

Cell make_cell(const System& system, const SimulateOptions& options, std::size_t group, Index number) {
  const std::uint64_t stream =
      (static_cast<std::uint64_t>(group) << 32U) + static_cast<std::uint64_t>(number);
  return {system.network, system.held, options.noise, Rng(options.seed, stream)};
}

void begin_snapshot(double time, const SimulateOptions& options, Simulation& result) {
  result.data.snapshots.push_back({time, text(time), {}, Matrix<float>(options.cells, options.genes)});
  result.fates.emplace_back();
}

void measure(Cell& cell, const SimulateOptions& options, Simulation& result) {
  const auto n = std::ssize(result.fates.back());
  result.fates.back().push_back(cell.fate());
  for (Index g = 0; g < options.genes; ++g) {
    result.data.snapshots.back().expression(n, g) = static_cast<float>(cell.measured(g, options.dropout));
  }
}

Cell make_followed_cell(const System& system, const SimulateOptions& options, Index path) {
  return make_cell(system, options, options.times.size(), path);
}

void begin_trajectories(const SimulateOptions& options, Simulation& result) {
  const double first = options.times.front();
  const double range = options.times.back() - first;
  for (Index t = 0; t < kTrajectoryTimes; ++t) {
    result.trajectory_times.push_back(first + range * (static_cast<double>(t) / kTrajectorySteps));
  }
  result.trajectories = Tensor3<float>(options.trajectories, kTrajectoryTimes, options.genes);
}

void follow(Cell cell, Index path, const System& system, Simulation& result) {
  for (Index t = 0; t < kTrajectoryTimes; ++t) {
    if (t > 0) cell.advance(system.duration / kTrajectorySteps);
    for (Index g = 0; g < result.trajectories.shape()[2]; ++g) {
      result.trajectories(path, t, g) = static_cast<float>(cell.expression(g));
    }
  }
}

void complete(const System& system, const SimulateOptions& options, Simulation& result) {
  begin_trajectories(options, result);
  for (Index path = 0; path < options.trajectories; ++path) {
    follow(make_followed_cell(system, options, path), path, system, result);
  }
  project(options.dims, result.data);
  for (const Gene& gene : system.network.genes) result.data.gene_space.genes.push_back(gene.name);
  result.network = system.network.edges;
}

Simulation simulate(const SimulateOptions& options) {
  const System system = system_of(options);
  Simulation result;
  for (std::size_t k = 0; k < options.times.size(); ++k) {
    begin_snapshot(options.times[k], options, result);
    for (Index n = 0; n < options.cells; ++n) {
      Cell cell = make_cell(system, options, k, n);
      cell.advance(development_at(options.times[k], system, options));
      measure(cell, options, result);
    }
  }
  complete(system, options, result);
  return result;
}

}  // namespace cellmnn
