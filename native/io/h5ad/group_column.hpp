/// A column of obs by which cells are grouped.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

/// The obs column `key` of an .h5ad file, one label a cell in the file's order. Throws bad_input if there is
/// none, with the columns that there are.
LabelColumn read_group_column(const std::string& path, const std::string& key);

struct GroupColumn {
  std::string name;
  LabelColumn column;
};

/// The column with a usual name of types of cells, such as "cell_type", where there is one that groups cells.
std::optional<GroupColumn> usual_group_column(const std::string& path, const std::string& time_key);

/// Columns of obs that label cells: `key` if it is given, else one with a usual name such as "cell_type"
/// first; then the others with 2 to 60 labels, texts or whole numbers, but the times. At most 8; of other
/// formats none.
std::vector<GroupColumn> group_columns(const std::string& path, const std::optional<std::string>& key,
                                       const std::string& time_key);

}  // namespace cellmnn
