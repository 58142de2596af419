#include "cellmnn/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/option_check.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/pca.hpp"
#include "cellmnn/rng.hpp"
#include "simulation/grn.hpp"

namespace cellmnn {
namespace {

// In units of the network's clock, in which most genes decay at a rate near 1.
constexpr double kDevelopment = 17;  // from the first to the last of the user's times
constexpr double kHeadStart = 1.5;   // a cell sets out up to this much before the first time
constexpr double kMaxStep = 0.1;

constexpr double kStartSpread = 0.2;  // standard deviation of the logarithm of the starting state
constexpr Index kTrajectoryTimes = 41;
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
  require_times(options.times);
  require_range("cells", options.cells, 1, 100000);
  require_range("dims", options.dims, 1,
                std::min(options.genes, options.cells * static_cast<Index>(options.times.size())));
  require_range("paths", options.trajectories, 0, 10000);
  require_option(options.noise >= 0 && options.noise <= 1, "noise", options.noise, "0 to 1");
  require_option(options.dropout >= 0 && options.dropout < 1, "dropout", options.dropout,
                 "0 or more and below 1");
}

struct HeldIndex {
  Index gene;
  double level;
};

std::vector<HeldIndex> held_genes(const GeneNetwork& network, const std::vector<HeldGene>& held) {
  std::vector<HeldIndex> result;
  for (const HeldGene& each : held) {
    const auto found = std::find_if(network.genes.begin(), network.genes.end(),
                                    [&](const Gene& gene) { return gene.name == each.gene; });
    if (found == network.genes.end()) {
      std::string names;
      for (const Gene& gene : network.genes) names += (names.empty() ? "" : ", ") + gene.name;
      throw Error(ErrorCode::usage, "hold", " is '" + each.gene + "', but the simulated genes are " + names);
    }
    require_option(each.level >= 0 && std::isfinite(each.level), "hold", each.level,
                   "0 or more for " + each.gene);
    result.push_back({found - network.genes.begin(), each.level});
  }
  return result;
}

/// One cell on its way through development, with random numbers of its own.
class Cell {
 public:
  Cell(const GeneNetwork& network, const std::vector<HeldIndex>& held, double noise, Rng rng)
      : network_(network), held_(held), noise_(noise), rng_(rng), state_(network.size()) {
    Index g = 0;
    for (const Gene& gene : network.genes) state_(g++) = gene.start * std::exp(kStartSpread * rng_.normal());
    hold();
    advance(kHeadStart * rng_.uniform());
  }

  /// Euler-Maruyama steps of the chemical Langevin equation
  ///   dx = (production - degradation) dt + noise sqrt(production + degradation) dW.
  void advance(double duration) {
    const int steps = std::max(1, static_cast<int>(std::ceil(duration / kMaxStep)));
    const double dt = duration / steps;
    const double strength = noise_ * std::sqrt(dt);
    for (int step = 0; step < steps; ++step) {
      rates(network_, state_, rates_);
      for (Index g = 0; g < state_.size(); ++g) {
        const double drift = rates_.production(g) - rates_.degradation(g);
        const double spread = std::sqrt(rates_.production(g) + rates_.degradation(g));
        state_(g) = std::max(0.0, state_(g) + drift * dt + spread * strength * rng_.normal());
      }
      hold();
    }
  }

  double expression(Index gene) const { return state_(gene); }

  /// Destroys the cell: each value is lost with probability `dropout`.
  double measured(Index gene, double dropout) { return rng_.uniform() < dropout ? 0 : state_(gene); }

  /// 1 or 2 once one side of the switch leads by half of its full expression.
  int fate() const {
    const double lead = state_(network_.fate_a) - state_(network_.fate_b);
    const double decided = 0.5 * network_.genes[static_cast<std::size_t>(network_.fate_a)].level;
    return std::abs(lead) < decided ? 0 : lead > 0 ? 1 : 2;
  }

 private:
  void hold() {
    for (const HeldIndex& held : held_) state_(held.gene) = held.level;
  }

  const GeneNetwork& network_;
  const std::vector<HeldIndex>& held_;
  double noise_;
  Rng rng_;
  Vector<double> state_;  // (G)
  Rates rates_;
};

/// What all cells have in common.
struct System {
  GeneNetwork network;
  std::vector<HeldIndex> held;
};

/// Cells by name: the same cell whatever else is simulated.
Cell make_cell(const System& system, const SimulateOptions& options, std::size_t group, Index number) {
  const std::uint64_t stream =
      (static_cast<std::uint64_t>(group) << 32U) + static_cast<std::uint64_t>(number);
  return {system.network, system.held, options.noise, Rng(options.seed, stream)};
}

void measure_snapshots(const System& system, const SimulateOptions& options, Simulation& result) {
  const double first = options.times.front();
  const double range = options.times.back() - first;
  for (std::size_t k = 0; k < options.times.size(); ++k) {
    const double time = options.times[k];
    Snapshot snapshot{time, text(time), {}, Matrix<float>(options.cells, options.genes)};
    std::vector<int>& fates = result.fates.emplace_back();
    for (Index n = 0; n < options.cells; ++n) {
      Cell cell = make_cell(system, options, k, n);
      cell.advance(kDevelopment * (time - first) / range);
      fates.push_back(cell.fate());
      for (Index g = 0; g < options.genes; ++g) {
        snapshot.expression(n, g) = static_cast<float>(cell.measured(g, options.dropout));
      }
    }
    result.data.snapshots.push_back(std::move(snapshot));
  }
}

void follow_trajectories(const System& system, const SimulateOptions& options, Simulation& result) {
  constexpr double kSteps = kTrajectoryTimes - 1;
  const double first = options.times.front();
  const double range = options.times.back() - first;
  for (Index t = 0; t < kTrajectoryTimes; ++t) {
    result.trajectory_times.push_back(first + range * (static_cast<double>(t) / kSteps));
  }

  result.trajectories = Tensor3<float>(options.trajectories, kTrajectoryTimes, options.genes);
  for (Index path = 0; path < options.trajectories; ++path) {
    Cell cell = make_cell(system, options, options.times.size(), path);
    for (Index t = 0; t < kTrajectoryTimes; ++t) {
      if (t > 0) cell.advance(kDevelopment / kSteps);
      for (Index g = 0; g < options.genes; ++g) {
        result.trajectories(path, t, g) = static_cast<float>(cell.expression(g));
      }
    }
  }
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

Simulation simulate(const SimulateOptions& options) {
  validate(options);
  System system{gene_network(options.genes), {}};
  system.held = held_genes(system.network, options.held);
  Simulation result;
  measure_snapshots(system, options, result);
  follow_trajectories(system, options, result);
  project(options.dims, result.data);
  for (const Gene& gene : system.network.genes) result.data.gene_space.genes.push_back(gene.name);
  result.network = system.network.edges;
  return result;
}

}  // namespace cellmnn
