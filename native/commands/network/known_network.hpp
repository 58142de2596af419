/// A known network in terms of a model's genes.
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

struct ModelledTruth {
  KnownNetwork network;
  std::vector<UnusedRegulator> unused;
  Index edges_in_file = 0;
};

/// The edges whose two genes are modelled and differ. Candidate targets are, as in BEELINE, the modelled
/// genes that the file names: nothing is known of others. Throws bad_input if no edge is left, with the
/// likely reason.
ModelledTruth modelled_truth(const std::vector<KnownEdge>& edges, const GeneSpace& space,
                             const std::string& path);

/// A line for each reason, with a few of its regulators.
std::string unused_text(const std::vector<UnusedRegulator>& unused);

}  // namespace cellmnn
