/// Gene means of an .h5ad file.
#pragma once

#include "native/io/h5ad/gene_means.hpp"
#include "native/io/hdf5/hdf5_node.hpp"

namespace cellmnn {

/// From uns['pca_mean'], X, the layers and raw/X.
GeneMeans gene_means(const hdf5::Node& root, const GeneMeansRequest& request);

}  // namespace cellmnn
