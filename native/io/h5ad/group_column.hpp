/// A column of obs by which cells are grouped.
#pragma once

#include <optional>
#include <string>

#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

/// The obs column `key` of an .h5ad file, one label a cell in the file's order. Throws bad_input if there is
/// none, with the columns that there are.
LabelColumn read_group_column(const std::string& path, const std::string& key);

/// The first obs column with a usual name, such as "cell_type"; none in files of other formats.
std::optional<std::string> usual_group_column(const std::string& path);

}  // namespace cellmnn
