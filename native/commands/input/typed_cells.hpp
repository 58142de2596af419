/// Types of cells, from labels of any source.
#pragma once

#include <string>

#include "native/io/h5ad/label_column.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Gives the cells the labels of obs[`key`] as their types; text that stands for no value is none. Throws
/// bad_input for fewer than two labels.
void set_types(DataFile& file, LabelColumn column, const std::string& key);

}  // namespace cellmnn
