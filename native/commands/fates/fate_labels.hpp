/// Tables of labels over time: --ancestors and --alluvial.
#pragma once

#include <string>

#include "native/commands/input/fate_input.hpp"

namespace cellmnn {

/// A line a fate, time and label that cells of this time have: the share of the fate's expected ancestors
/// with this label, and that of all cells.
std::string ancestor_table(const DataFile& file, const Fates& fates, const CellLabels& labels);

/// A line a time but the last, and pair of labels: the share of all labelled cells that have the one and
/// become the other; the measured shares of the first at its time and of the second at the next, and what the
/// flows predict of the second.
std::string flow_table(const FateData& input, const CellLabels& labels, const FateOptions& options,
                       Executor& executor);

}  // namespace cellmnn
