/// Expression that comes along in the page, for the network of genes.
#pragma once

#include <string>
#include <vector>

#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// The `most_genes` genes of an .h5ad whose logarithms of expression vary most, in the order of the file, in
/// the cells of `rows`: gzip of a safetensors file with expression (N, G) F32, as in X; metadata genes (JSON
/// list). Empty for other files, and where X is no expression.
std::string page_expression(const DataFile& file, const std::vector<Index>& rows, Index most_genes);

}  // namespace cellmnn
