/// Which genes of a lagged network act, which are explained, and which make the plans.
#pragma once

#include <span>
#include <vector>

#include "cellmnn/lagged_network.hpp"

namespace cellmnn {

/// Genes, ascending; the first three as in LaggedNetwork.
struct NetworkGenes {
  std::vector<Index> regulators, targets, inputs;
  std::vector<Index> planned;  ///< targets by which plans are made: the 2,000 that vary most
};

/// Throws bad_input if all genes are inputs.
NetworkGenes network_genes(std::span<const Condition> conditions, const LaggedOptions& options);

}  // namespace cellmnn
