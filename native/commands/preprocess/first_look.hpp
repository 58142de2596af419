/// The first pass over counts: whether they are what they should be, and where they have values.
#pragma once

#include <vector>

#include "native/commands/preprocess/preprocessing.hpp"

namespace cellmnn {

struct FirstLook {
  Index entries = 0;              ///< values other than 0
  std::vector<bool> kept;         ///< (N) the cells with `min_genes` genes or more
  std::vector<Index> cells_with;  ///< (G) how many of these have a value of a gene
};

/// Throws bad_input if values are not finite, or not what `values` says.
FirstLook first_look(const CountsBlocks& counts, InputValues values, Index min_genes, Passes& passes);

}  // namespace cellmnn
