/// Which labels become which from one snapshot to the next.
#pragma once

#include <vector>

#include "cellmnn/fates.hpp"

namespace cellmnn {

/// By the transitions that fates_of() chains, of `labels` (a snapshot and a cell each, below `count`, or -1):
/// for each snapshot but the last (count, count), of all its labelled cells the share that has label a and
/// whose next label is b. The sum over a is what is predicted of the next snapshot. What would become a cell
/// without a label is left out, and rows keep the share of their label. Zero where no cell has a label.
/// Throws bad_input for a single snapshot.
std::vector<Matrix<double>> label_flows(const TimeCourse& data, const std::vector<std::vector<int>>& labels,
                                        Index count, const FateOptions& options, const CellMover& mover,
                                        Executor& executor);

}  // namespace cellmnn
