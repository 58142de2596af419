/// The genes behind the coordinates of an .h5ad file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "native/io/hdf5/hdf5_node.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// The names of the genes (var), and into file.gene_sources how they were chosen: the column
/// options.gene_names, else the index, or a usual column of symbols where the index holds database ids.
std::vector<std::string> read_gene_names(const hdf5::Node& root, const DataOptions& options, DataFile& file);

/// Fills the gene space of the first `dims` coordinates of `file`, where there are loadings of them; genes
/// with loadings that are no numbers get 0. The mean is read, or computed with options.gene_means.
/// `coordinates` gives those of all cells (N, dims) in the order of the file.
void read_gene_space(const hdf5::Node& root, const std::vector<std::string>& genes,
                     const DataOptions& options, Index dims,
                     const std::function<Matrix<float>()>& coordinates, DataFile& file);

}  // namespace cellmnn
