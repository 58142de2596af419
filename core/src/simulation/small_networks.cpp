#include "simulation/small_networks.hpp"

#include <array>
#include <cstddef>

namespace cellmnn {
namespace {

constexpr double kFull = 3;    // the level of each gene
constexpr float kLow = 0.05F;  // as a share of it
constexpr float kHigh = 0.9F;

constexpr std::array kTwoLow{kLow, kLow};
constexpr std::array kThreeLow{kLow, kLow, kLow};
constexpr std::array kFirst{kHigh, kLow};
constexpr std::array kSecond{kLow, kHigh};
constexpr std::array kTwoAlike{KindRow{"cell", kTwoLow, 0}};
constexpr std::array kThreeAlike{KindRow{"cell", kThreeLow, 0}};

// Two genes exclude each other; noise decides.
constexpr std::array kSwitchGenes{GeneRow{"A", 0.5F, 1}, GeneRow{"B", 0.5F, 1}};
constexpr std::array kSwitchEdges{EdgeRow{0, 0, +1, 2}, EdgeRow{1, 1, +1, 2}, EdgeRow{0, 1, -1, 4},
                                  EdgeRow{1, 0, -1, 4}};

// Three genes in a ring, each of which represses the next (Elowitz and Leibler 2000, without messenger RNA).
constexpr std::array kRingGenes{GeneRow{"A", 1, 1}, GeneRow{"B", 1, 1}, GeneRow{"C", 1, 1}};
constexpr std::array kRingEdges{EdgeRow{0, 1, -1, 40}, EdgeRow{1, 2, -1, 40}, EdgeRow{2, 0, -1, 40}};
constexpr std::array kRingStart{0.4F, kLow, kLow};
constexpr std::array kRingKinds{KindRow{"cell", kRingStart, 0}};

// Two kinds of progenitors become the same kind of cell.
constexpr std::array kMeetingGenes{GeneRow{"A", 0.02F, 0.8F}, GeneRow{"B", 0.02F, 0.8F},
                                   GeneRow{"C", 0.1F, 0.8F}};
constexpr std::array kMeetingEdges{EdgeRow{0, 0, +1, 2.2F}, EdgeRow{1, 1, +1, 2.2F}, EdgeRow{0, 2, +1, 2},
                                   EdgeRow{1, 2, +1, 2},    EdgeRow{2, 2, +1, 2},    EdgeRow{2, 0, -1, 4},
                                   EdgeRow{2, 1, -1, 4}};
constexpr std::array kFromA{kHigh, kLow, kLow};
constexpr std::array kFromB{kLow, kHigh, kLow};
constexpr std::array kMeetingKinds{KindRow{"from A", kFromA, 0}, KindRow{"from B", kFromB, 0}};

// One gene is no longer made and decays, another one rises: nothing acts on anything.
constexpr std::array kDecayGenes{GeneRow{"Old", 0, 0.3F}, GeneRow{"New", 2, 0.3F}};
constexpr std::array kDecayKinds{KindRow{"cell", kFirst, 0}};

// Two kinds of cells that keep their kind; one of them divides.
constexpr std::array kGrowthGenes{GeneRow{"A", 0.02F, 1}, GeneRow{"B", 0.02F, 1}};
constexpr std::array kGrowthEdges{EdgeRow{0, 0, +1, 2.5F}, EdgeRow{1, 1, +1, 2.5F}};
constexpr std::array kGrowthKinds{KindRow{"dividing", kFirst, 3}, KindRow{"resting", kSecond, 0}};

// A gene that rises and falls between the first and the last time: an incoherent feed-forward loop.
constexpr std::array kPulseGenes{GeneRow{"Signal", 2, 0.2F}, GeneRow{"Pulse", 0.01F, 1.5F},
                                 GeneRow{"Stop", 0.01F, 0.15F}};
constexpr std::array kPulseEdges{EdgeRow{0, 1, +1, 3}, EdgeRow{0, 2, +1, 1.5F}, EdgeRow{2, 1, -1, 12}};

// A gene that nobody measures acts on two others, on one of them sooner.
constexpr std::array kHiddenGenes{GeneRow{"Early", 0.02F, 1.5F}, GeneRow{"Late", 0.02F, 0.4F},
                                  GeneRow{"Hidden", 0.6F, 0.5F}};
constexpr std::array kHiddenEdges{EdgeRow{2, 2, +1, 2}, EdgeRow{2, 0, +1, 2}, EdgeRow{2, 1, +1, 1.5F}};

constexpr std::array kSystems{
    SmallSystem{"switch", kSwitchGenes, kSwitchEdges, kTwoAlike, 14, 0, true},
    SmallSystem{"repressilator", kRingGenes, kRingEdges, kRingKinds, 15},
    SmallSystem{"convergence", kMeetingGenes, kMeetingEdges, kMeetingKinds, 14},
    SmallSystem{"decay", kDecayGenes, {}, kDecayKinds, 8},
    SmallSystem{"growth", kGrowthGenes, kGrowthEdges, kGrowthKinds, 10},
    SmallSystem{"pulse", kPulseGenes, kPulseEdges, kThreeAlike, 20},
    SmallSystem{"confounder", kHiddenGenes, kHiddenEdges, kThreeAlike, 8, 1},
};

}  // namespace

std::span<const SmallSystem> all_small_systems() { return kSystems; }

GeneNetwork network_of(const SmallSystem& system, const KindRow& kind) {
  GeneNetwork network;
  for (std::size_t g = 0; g < system.genes.size(); ++g) {
    const auto& [name, basal, decay] = system.genes[g];
    network.genes.push_back({name, basal, decay, kFull, kind.starts[g] * kFull});
  }
  for (const auto& [source, target, sign, affinity] : system.edges) {
    network.edges.push_back({source, target, sign, affinity / kFull});
  }
  network.fate_b = 1;
  return network;
}

}  // namespace cellmnn
