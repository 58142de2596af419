/// The transitions behind fates as matrices, for tools that read couplings between snapshots.
#pragma once

#include <vector>

#include "cellmnn/fates.hpp"
#include "cellmnn/sparse.hpp"

namespace cellmnn {

/// What a row of soft_maps() leaves out at most, in its smallest entries.
inline constexpr double kOmittedMass = 0.001;

/// From the cells of each snapshot to those of the next, the T that fates_of() chains: (N, M), rows of sum 1.
/// The smallest entries of a row, of mass kOmittedMass together, are left out. Columns of later cells that
/// transitions do not see (most_later) are empty. A model's weights of cells (mass) are ignored. Throws
/// bad_input for a single snapshot.
std::vector<SparseMatrix> soft_maps(const TimeCourse& data, const FateOptions& options, const CellMnn* model,
                                    Executor& executor);

}  // namespace cellmnn
