/// The gene-regulatory network behind simulate(): a timer ends the progenitor programme and so
/// releases a switch between two fates that exclude each other.
///
///   Timer1 -> Brake1 -| Stem1 -| FateA1, FateB1                        the stem
///   FateA1 -| FateB1 -| FateA1, each activates itself                  the switch
///   FateA1 -> TfA1 -> TfA2 -> TargetA1 ..., and the same for B         two branches
#pragma once

#include <string>
#include <vector>

#include "cellmnn/simulate.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct Gene {
  std::string name;
  double basal;  ///< activation without any regulator
  double decay;  ///< rate of degradation
  double level;  ///< expression when fully active
  double start;  ///< expression in a progenitor
};

struct GeneNetwork {
  std::vector<Gene> genes;
  std::vector<NetworkEdge> edges;
  Index fate_a = 0, fate_b = 0;  ///< the two sides of the switch

  Index size() const { return static_cast<Index>(genes.size()); }
};

/// The network of this many genes, at least 12; more genes are more targets.
GeneNetwork gene_network(Index genes);

/// The drift of each gene is production - degradation.
struct Rates {
  Vector<double> production;   ///< (G)
  Vector<double> degradation;  ///< (G)
};

/// Rates at a state (G), from the edges as simulate() returns them: regulators compete for a
/// promoter (Shea and Ackers 1985) with Hill coefficient 3,
///   a = basal + sum over activating edges of (strength x_source)^3
///   r =         sum over repressing edges of (strength x_source)^3
///   production = level decay a / (1 + a + r),   degradation = decay x.
void rates(const GeneNetwork& network, const Vector<double>& state, Rates& rates);

}  // namespace cellmnn
