/// The systems behind simulate_small(): a table, of which each row becomes a network.
#pragma once

#include <span>
#include <string>

#include "simulation/grn.hpp"

namespace cellmnn {

/// Levels are the same for all genes.
struct GeneRow {
  const char* name;
  float basal, decay;  ///< as those of Gene
};

/// `affinity` 2 means half effective at half the level of the source.
struct EdgeRow {
  signed char source, target, sign;
  float affinity;
};

/// Cells that set out alike.
struct KindRow {
  const char* name;
  std::span<const float> starts;  ///< (G) expression as a share of the gene's level
  float growth;                   ///< e-folds of their number from the first to the last time
};

struct SmallSystem {
  const char* name;
  std::span<const GeneRow> genes;
  std::span<const EdgeRow> edges;
  std::span<const KindRow> kinds;  ///< in equal numbers at first
  float duration;                  ///< of the network's clock, from the first to the last time
  Index hidden = 0;                ///< how many genes, the last ones, are not measured
  bool has_fates = false;          ///< those of the first two genes
};

std::span<const SmallSystem> all_small_systems();

/// With the starts of one of its kinds.
GeneNetwork network_of(const SmallSystem& system, const KindRow& kind);

}  // namespace cellmnn
