#include "cellmnn/small_systems.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

#include "base/option_check.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "simulation/cell.hpp"
#include "simulation/small_networks.hpp"
#include "simulation/system.hpp"

namespace cellmnn {
namespace {

constexpr Index kPathTimes = 41;
constexpr std::uint64_t kKindStream = 1ULL << 63U;  // of the seed; cells have those below

SmallSystem system_named(const std::string& name) {
  std::string known;
  for (SmallSystem& system : all_small_systems()) {
    if (system.name == name) return std::move(system);
    known += (known.empty() ? "" : ", ") + system.name;
  }
  throw Error(ErrorCode::usage, "system", " is '" + name + "'; expected one of " + known);
}

class Population {
 public:
  explicit Population(const SmallSystemOptions& options)
      : options_(options), system_(system_named(options.system)) {
    require_times(options.times);
    require_range("cells", options.cells, 1, 100000);
    require_range("paths", options.trajectories, 0, 10000);
    require_option(options.noise >= 0 && options.noise <= 1, "noise", options.noise, "0 to 1");
    held_ = held_genes(system_.network, options.held);
    for (const StartingKind& kind : system_.kinds) {
      networks_.push_back(system_.network);
      std::size_t g = 0;
      for (Gene& gene : networks_.back().genes) gene.start = kind.starts[g++] * gene.level;
    }
  }

  SmallSimulation simulate() const {
    SmallSimulation result;
    name_all(result);
    for (std::size_t k = 0; k < options_.times.size(); ++k) measure(k, result);
    follow(result);
    return result;
  }

 private:
  Index measured() const { return system_.network.size() - system_.hidden; }

  /// Of development, 0 to 1.
  double part(double time) const {
    return (time - options_.times.front()) / (options_.times.back() - options_.times.front());
  }

  void name_all(SmallSimulation& result) const {
    for (const Gene& gene : system_.network.genes) result.genes.push_back(gene.name);
    result.network = system_.network.edges;
    if (system_.has_fates()) {
      result.kinds = {"undecided", result.genes[static_cast<std::size_t>(system_.network.fate_a)],
                      result.genes[static_cast<std::size_t>(system_.network.fate_b)]};
    } else {
      for (const StartingKind& kind : system_.kinds) result.kinds.push_back(kind.name);
    }
    GeneSpace& space = result.data.gene_space;
    space.genes.assign(result.genes.begin(), result.genes.begin() + measured());
    space.loadings = Matrix<float>::Identity(measured(), measured());
    space.mean = Vector<float>::Zero(measured());
  }

  /// Which kind a cell is of: kinds that divide are many after a while.
  std::size_t kind_of(std::uint64_t stream, double of_development) const {
    double all = 0;
    for (const StartingKind& kind : system_.kinds) all += std::exp(kind.growth * of_development);
    double left = all * Rng(options_.seed, kKindStream + stream).uniform();
    std::size_t k = 0;
    while (k + 1 < system_.kinds.size() && (left -= std::exp(system_.kinds[k].growth * of_development)) > 0) ++k;
    return k;
  }

  Cell cell_of(std::size_t kind, std::uint64_t stream) const {
    return {networks_[kind], held_, options_.noise, Rng(options_.seed, stream)};
  }

  static std::uint64_t stream_of(std::size_t group, Index number) {
    return (static_cast<std::uint64_t>(group) << 32U) + static_cast<std::uint64_t>(number);
  }

  void measure(std::size_t k, SmallSimulation& result) const {
    const double time = options_.times[k];
    Matrix<float> cells(options_.cells, measured());
    std::vector<int>& kinds = result.kind.emplace_back();
    for (Index n = 0; n < options_.cells; ++n) {
      const std::uint64_t stream = stream_of(k, n);
      const std::size_t kind = kind_of(stream, part(time));
      Cell cell = cell_of(kind, stream);
      cell.advance(system_.duration * part(time));
      kinds.push_back(system_.has_fates() ? cell.fate() : static_cast<int>(kind));
      for (Index g = 0; g < measured(); ++g) cells(n, g) = static_cast<float>(cell.expression(g));
    }
    result.data.snapshots.push_back({time, text(time), cells, cells});
  }

  void follow(SmallSimulation& result) const {
    constexpr double kSteps = kPathTimes - 1;
    const double first = options_.times.front(), range = options_.times.back() - first;
    for (Index t = 0; t < kPathTimes; ++t) {
      result.trajectory_times.push_back(first + range * (static_cast<double>(t) / kSteps));
    }
    result.trajectories = Tensor3<float>(options_.trajectories, kPathTimes, measured());
    for (Index path = 0; path < options_.trajectories; ++path) {
      const std::uint64_t stream = stream_of(options_.times.size(), path);
      Cell cell = cell_of(kind_of(stream, 0), stream);
      for (Index t = 0; t < kPathTimes; ++t) {
        if (t > 0) cell.advance(system_.duration / kSteps);
        for (Index g = 0; g < measured(); ++g) {
          result.trajectories(path, t, g) = static_cast<float>(cell.expression(g));
        }
      }
    }
  }

  const SmallSystemOptions& options_;
  SmallSystem system_;
  std::vector<HeldIndex> held_;
  std::vector<GeneNetwork> networks_;  ///< one a kind: the same, with the starts of the kind
};

}  // namespace

std::vector<std::string> small_systems() {
  std::vector<std::string> names;
  for (const SmallSystem& system : all_small_systems()) names.push_back(system.name);
  return names;
}

SmallSimulation simulate_small(const SmallSystemOptions& options) { return Population(options).simulate(); }

}  // namespace cellmnn
