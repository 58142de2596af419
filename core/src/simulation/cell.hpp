/// One simulated cell: the chemical Langevin equation of the network of grn.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"
#include "simulation/grn.hpp"

namespace cellmnn {

/// From the first to the last of the user's times, in units of the network's clock, in which most genes decay
/// at a rate near 1.
inline constexpr double kDevelopment = 17;
inline constexpr double kMaxStep = 0.1;      ///< of that clock
inline constexpr double kHeadStart = 1.5;    ///< a cell sets out up to this much before the first time
inline constexpr double kStartSpread = 0.2;  ///< standard deviation of the logarithm of the starting state

struct HeldIndex {
  Index gene;
  double level;
};

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

  /// Of the full expression; at most 1.
  double part(Index gene) const {
    return std::min(1.0, state_(gene) / network_.genes[static_cast<std::size_t>(gene)].level);
  }

  /// Whether something of this probability happens.
  bool happens(double probability) { return rng_.uniform() < probability; }

  /// The same cell with random numbers of its own from now on.
  Cell sister() {
    Cell other = *this;
    const std::uint64_t high = rng_.bits();
    other.rng_ = Rng((high << 32U) + rng_.bits());
    return other;
  }

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

}  // namespace cellmnn
