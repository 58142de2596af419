#include "simulation/small_networks.hpp"

#include <cstddef>
#include <utility>

namespace cellmnn {
namespace {

constexpr double kLevel = 3;
constexpr double kLow = 0.05;  // as a share of the level
constexpr double kHigh = 0.9;

/// An arrow of a network; `affinity` 2 means half effective at half the level of the source.
struct Arrow {
  Index source, target;
  int sign;
  double affinity;
};

struct GeneOf {
  std::string name;
  double basal, decay;
};

GeneNetwork network_of(std::vector<GeneOf> genes, const std::vector<Arrow>& arrows) {
  GeneNetwork network;
  for (GeneOf& gene : genes) {
    network.genes.push_back({std::move(gene.name), gene.basal, gene.decay, kLevel, kLow * kLevel});
  }
  for (const auto& [source, target, sign, affinity] : arrows) {
    network.edges.push_back({source, target, sign, affinity / kLevel});
  }
  return network;
}

/// Two genes exclude each other; noise decides.
SmallSystem switch_system() {
  SmallSystem system{
      "switch",
      network_of({{"A", 0.5, 1}, {"B", 0.5, 1}}, {{0, 0, +1, 2}, {1, 1, +1, 2}, {0, 1, -1, 4}, {1, 0, -1, 4}}),
      {{"cell", {kLow, kLow}}},
      14};
  system.network.fate_b = 1;
  return system;
}

/// Three genes in a ring, each of which represses the next (Elowitz and Leibler 2000, without messenger RNA).
SmallSystem repressilator() {
  return {"repressilator",
          network_of({{"A", 1, 1}, {"B", 1, 1}, {"C", 1, 1}}, {{0, 1, -1, 40}, {1, 2, -1, 40}, {2, 0, -1, 40}}),
          {{"cell", {0.4, kLow, kLow}}},
          15};
}

/// Two kinds of progenitors become the same kind of cell.
SmallSystem convergence() {
  return {"convergence",
          network_of({{"A", 0.02, 0.8}, {"B", 0.02, 0.8}, {"C", 0.1, 0.8}},
                     {{0, 0, +1, 2.2},
                      {1, 1, +1, 2.2},
                      {0, 2, +1, 2},
                      {1, 2, +1, 2},
                      {2, 2, +1, 2},
                      {2, 0, -1, 4},
                      {2, 1, -1, 4}}),
          {{"from A", {kHigh, kLow, kLow}}, {"from B", {kLow, kHigh, kLow}}},
          14};
}

/// One gene is no longer made and decays, another one rises: nothing acts on anything.
SmallSystem decay() {
  return {"decay", network_of({{"Old", 0, 0.3}, {"New", 2, 0.3}}, {}), {{"cell", {kHigh, kLow}}}, 8};
}

/// Two kinds of cells that keep their kind; one of them divides.
SmallSystem growth() {
  return {"growth",
          network_of({{"A", 0.02, 1}, {"B", 0.02, 1}}, {{0, 0, +1, 2.5}, {1, 1, +1, 2.5}}),
          {{"dividing", {kHigh, kLow}, 3}, {"resting", {kLow, kHigh}}},
          10};
}

/// A gene that rises and falls between the first and the last time: an incoherent feed-forward loop.
SmallSystem pulse() {
  return {"pulse",
          network_of({{"Signal", 2, 0.2}, {"Pulse", 0.01, 1.5}, {"Stop", 0.01, 0.15}},
                     {{0, 1, +1, 3}, {0, 2, +1, 1.5}, {2, 1, -1, 12}}),
          {{"cell", {kLow, kLow, kLow}}},
          20};
}

/// A gene that nobody measures acts on two others, on one of them sooner.
SmallSystem confounder() {
  return {"confounder",
          network_of({{"Early", 0.02, 1.5}, {"Late", 0.02, 0.4}, {"Hidden", 0.6, 0.5}},
                     {{2, 2, +1, 2}, {2, 0, +1, 2}, {2, 1, +1, 1.5}}),
          {{"cell", {kLow, kLow, kLow}}},
          8,
          1};
}

}  // namespace

std::vector<SmallSystem> all_small_systems() {
  return {switch_system(), repressilator(), convergence(), decay(), growth(), pulse(), confounder()};
}

}  // namespace cellmnn
