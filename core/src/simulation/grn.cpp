#include "simulation/grn.hpp"

#include <utility>

#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr double kBasal = 0.02;
constexpr double kOff = 0.05;  // start of a gene that progenitors do not need, as a share of its level
constexpr double kOn = 0.9;

class Builder {
 public:
  explicit Builder(Index genes) {
    add_stem();
    add_switch();
    add_cascade(a_);
    add_cascade(b_);
    add_targets(genes);
  }

  GeneNetwork take() { return std::move(network_); }

 private:
  struct Branch {
    std::string letter;
    Index fate = 0, early = 0, late = 0;
    int targets = 0;
  };

  Index add(const std::string& name, double basal, double decay, double level, double start) {
    network_.genes.push_back({name, basal, decay, level, start * level});
    return network_.size() - 1;
  }

  /// A gene that regulates nothing. Its level and decay are its own, the same in every simulation.
  Index add_target(const std::string& name, double start) {
    Rng rng(0, static_cast<std::uint64_t>(network_.size()));
    const double level = 2 + 2 * rng.uniform();
    const double decay = 0.8 + 0.8 * rng.uniform();
    return add(name, kBasal, decay, level, start);
  }

  /// `affinity` 2 means half effective at half the level of the source.
  void activate(Index source, Index target, double affinity) { connect(source, target, +1, affinity); }
  void repress(Index source, Index target, double affinity) { connect(source, target, -1, affinity); }

  void connect(Index source, Index target, int sign, double affinity) {
    const double level = network_.genes[static_cast<std::size_t>(source)].level;
    network_.edges.push_back({source, target, sign, affinity / level});
  }

  void add_stem() {
    timer_ = add("Timer1", 0.6, 0.5, 3.0, kOff);
    brake_ = add("Brake1", kBasal, 1.0, 3.0, kOff);
    stem_ = add("Stem1", 0.2, 1.0, 3.0, kOn);
    activate(timer_, timer_, 2.0);
    activate(timer_, brake_, 2.0);
    activate(stem_, stem_, 1.8);
    repress(brake_, stem_, 3.0);
  }

  void add_switch() {
    a_.fate = add("FateA1", kBasal, 1.6, 3.0, kOff);
    b_.fate = add("FateB1", kBasal, 1.6, 3.0, kOff);
    for (const auto& [own, other] : {std::pair{a_.fate, b_.fate}, std::pair{b_.fate, a_.fate}}) {
      activate(own, own, 2.4);
      repress(other, own, 2.5);
      activate(timer_, own, 1.0);
      repress(stem_, own, 2.0);
    }
    network_.fate_a = a_.fate;
    network_.fate_b = b_.fate;
  }

  void add_cascade(Branch& branch) {
    branch.early = add("Tf" + branch.letter + "1", kBasal, 1.2, 3.0, kOff);
    branch.late = add("Tf" + branch.letter + "2", kBasal, 0.4, 3.0, kOff);
    activate(branch.fate, branch.early, 2.0);
    activate(branch.early, branch.late, 2.0);
  }

  /// Whole rounds of targets, of which only the first ones are kept: no edge starts at a target.
  void add_targets(Index genes) {
    activate(stem_, add_target("Stem2", kOn), 2.0);
    for (int round = 1; network_.size() < genes; ++round) {
      for (int i = 0; i < 2; ++i) {
        add_branch_target(a_, b_);
        add_branch_target(b_, a_);
      }
      add_stem_targets(round);
    }
    network_.genes.resize(static_cast<std::size_t>(genes));
    std::erase_if(network_.edges, [&](const NetworkEdge& edge) { return edge.target >= genes; });
  }

  void add_branch_target(Branch& own, const Branch& other) {
    const int number = ++own.targets;
    const Index target = add_target("Target" + own.letter + std::to_string(number), kOff);
    switch (number % 3) {
      case 1:  // late
        activate(own.late, target, 2.0);
        activate(own.fate, target, 1.2);
        break;
      case 2:  // a pulse: an incoherent feed-forward loop
        activate(own.early, target, 2.5);
        repress(own.late, target, 3.0);
        break;
      default:  // silenced in the other branch
        activate(own.early, target, 2.0);
        repress(other.early, target, 2.0);
    }
  }

  void add_stem_targets(int round) {
    const Index stem_target = add_target("Stem" + std::to_string(round + 2), kOn);
    activate(stem_, stem_target, 2.0);
    repress(timer_, stem_target, 1.5);
    activate(timer_, add_target("Mature" + std::to_string(round), kOff), 1.5);
  }

  GeneNetwork network_;
  Index timer_ = 0, brake_ = 0, stem_ = 0;
  Branch a_{"A"}, b_{"B"};
};

constexpr double cube(double x) { return x * x * x; }

}  // namespace

GeneNetwork gene_network(Index genes) { return Builder(genes).take(); }

void rates(const GeneNetwork& network, const Vector<double>& state, Rates& rates) {
  Vector<double>& activation = rates.production;  // turned into rates in place
  Vector<double>& repression = rates.degradation;
  activation.resize(network.size());
  repression.setZero(network.size());
  Index g = 0;
  for (const Gene& gene : network.genes) activation(g++) = gene.basal;
  for (const NetworkEdge& edge : network.edges) {
    (edge.sign > 0 ? activation : repression)(edge.target) += cube(edge.strength * state(edge.source));
  }
  g = 0;
  for (const Gene& gene : network.genes) {
    rates.production(g) = gene.level * gene.decay * activation(g) / (1 + activation(g) + repression(g));
    rates.degradation(g) = gene.decay * state(g);
    ++g;
  }
}

}  // namespace cellmnn
