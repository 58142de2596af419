/// The types of the cells of an .h5ad.
#pragma once

#include <string>

#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Gives the cells the types of obs[`key`], or where `key` is empty those of the column with a usual name, if
/// there is one. The name of the column, or "". Throws bad_input for a key that does not exist, is that of
/// the times or has fewer than two labels.
std::string give_types(DataFile& file, const std::string& key);

}  // namespace cellmnn
