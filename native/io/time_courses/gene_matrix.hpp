/// Expression of genes that was given where coordinates are expected.
#pragma once

#include <string>
#include <vector>

#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Columns beyond this number are genes unless their name says what they are.
inline constexpr Index kMostUnnamedDims = 60;

/// Why columns with these names (which may be unknown: empty) are genes and no coordinates; empty if they
/// need not be.
std::string why_genes(const std::vector<std::string>& names, Index columns);

/// Says that `what` is expression, `why`, and what to do: as bad_input, or for data of a model, which may
/// have been trained on such columns, as a warning.
void refuse_genes(const DataOptions& options, const std::string& what, const std::string& why,
                  DataFile& file);

}  // namespace cellmnn
