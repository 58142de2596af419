/// The fates of cells whose fate is known, from labels of any source.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/fates.hpp"
#include "native/io/h5ad/label_column.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// The labels of a column, a snapshot and a cell each: -1 where there is none.
std::vector<std::vector<int>> labels_by_snapshot(const DataFile& file, const LabelColumn& column);

/// The labels of obs[`key`] at the last time, in their order, but for those of `undecided`. Throws bad_input
/// for a name of `undecided` that is no label, or fewer than two fates.
KnownFates fates_of_column(const DataFile& file, const LabelColumn& column, const std::string& key,
                           const std::vector<std::string>& undecided);

}  // namespace cellmnn
