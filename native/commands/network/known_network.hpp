/// A known network in terms of the genes that are modelled.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/network_score.hpp"
#include "cellmnn/time_course.hpp"
#include "native/io/tables/known_edges.hpp"

namespace cellmnn {

/// A regulator of the file that cannot be scored.
struct UnusedRegulator {
  std::string name;
  std::string reason;
};

/// The genes of a read-out, as the truth may name them.
struct ScorableGenes {
  std::vector<std::string> names;   ///< (G)
  std::vector<bool> modelled;       ///< (G) whether the read-out says anything about the gene
  std::string why_not;              ///< of those that are not modelled
  std::vector<bool> can_be_target;  ///< (G)
};

/// Genes with a loading that is not zero.
ScorableGenes scorable_genes(const GeneSpace& space);

struct ModelledTruth {
  KnownNetwork network;
  std::vector<UnusedRegulator> unused;
  Index edges_in_file = 0;
};

/// The edges whose two genes are modelled and differ. Candidate targets are, as in BEELINE, the modelled
/// genes that the file names and that can be targets: nothing is known of others. Throws bad_input if no edge
/// is left, with the likely reason.
ModelledTruth modelled_truth(const std::vector<KnownEdge>& edges, const ScorableGenes& genes,
                             const std::string& path);

/// A line for each reason, with a few of its regulators.
std::string unused_text(const std::vector<UnusedRegulator>& unused);

}  // namespace cellmnn
