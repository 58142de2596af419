/// Several files of counts as one data set.
#pragma once

#include <string>
#include <vector>

#include "native/io/counts/counts_file.hpp"

namespace cellmnn {

/// The column of obs that says which file a cell is from, if there are several.
inline constexpr const char* kFileColumn = "cellmnn_file";

/// The cells of all files, one file after the other, with the genes that all have, in the order of the first;
/// `warnings` say what was left out. Columns of the cells are joined by their names, those of the genes are
/// of the first file. Throws bad_input if no gene is common to all.
CountsBlocks open_joined_counts(const std::vector<std::string>& paths, const CountsOptions& options);

}  // namespace cellmnn
