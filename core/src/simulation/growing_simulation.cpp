#include "cellmnn/growing_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "base/option_check.hpp"
#include "base/subset.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "simulation/system.hpp"

namespace cellmnn {
namespace {

constexpr double kMostEvents = 5;    // divisions or deaths of a cell in the state that has most of them
constexpr Index kMostFounders = 50;  // times the cells of a snapshot
constexpr std::uint64_t kDrawStream = 1ULL << 63U;  // of the seed; cells have those below

/// At a cell's state.
struct CellRates {
  double division, death;
};

CellRates rates_of(const Cell& cell, const System& system, const GrowthOptions& growth) {
  return {growth.division * cell.part(system.network.fate_a),
          growth.death * cell.part(system.network.fate_b)};
}

/// Adds all descendants of a cell that are alive after so much of the network's clock; `growth` is per unit
/// of it.
void add_clone(Cell cell, double duration, const System& system, const GrowthOptions& growth,
               std::vector<Cell>& living) {
  const int steps = std::max(1, static_cast<int>(std::ceil(duration / kMaxStep)));
  const double dt = duration / steps;
  for (int left = steps - 1; left >= 0; --left) {
    cell.advance(dt);
    const CellRates rates = rates_of(cell, system, growth);
    if (cell.happens(rates.death * dt)) return;
    if (cell.happens(rates.division * dt)) add_clone(cell.sister(), left * dt, system, growth, living);
  }
  living.push_back(std::move(cell));
}

}  // namespace

GrowingSimulation simulate_growing(const SimulateOptions& options, const GrowthOptions& growth) {
  const System system = system_of(options);
  const double range = options.times.back() - options.times.front();
  const auto require_rate = [&](const char* option, double rate) {
    require_option(rate >= 0 && rate * range <= kMostEvents, option, rate,
                   "0 to " + text(kMostEvents / range) + ", which is " + text(kMostEvents) + " in all");
  };
  require_rate("division", growth.division);
  require_rate("death", growth.death);
  const double unit = range / kDevelopment;  // of the network's clock, in the user's time
  const GrowthOptions by_clock{growth.division * unit, growth.death * unit};

  GrowingSimulation result;
  for (std::size_t k = 0; k < options.times.size(); ++k) {
    const double time = options.times[k];
    std::vector<Cell> living;
    Index founders = 0;
    while (founders < options.cells || std::ssize(living) < options.cells) {
      if (founders == kMostFounders * options.cells) {
        throw Error(ErrorCode::usage, "death",
                    " is " + text(growth.death) + ": nearly all cells are dead at time " + text(time));
      }
      add_clone(make_cell(system, options, k, founders++), development_at(time, system, options), system,
                by_clock, living);
    }
    result.sizes.push_back(static_cast<double>(living.size()) * static_cast<double>(options.cells) /
                           static_cast<double>(founders));
    begin_snapshot(time, options, result.simulation);
    Vector<double>& rates = result.growth.emplace_back(options.cells);
    Index n = 0;
    Rng draw(options.seed, kDrawStream + k);
    for (const Index place : drawn(std::ssize(living), options.cells, draw)) {
      Cell& cell = living[static_cast<std::size_t>(place)];
      const CellRates of_cell = rates_of(cell, system, growth);
      rates(n++) = of_cell.division - of_cell.death;
      measure(cell, options, result.simulation);
    }
  }
  complete(system, options, result.simulation);
  return result;
}

}  // namespace cellmnn
