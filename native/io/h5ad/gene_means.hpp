/// The mean expression on which the components of an .h5ad file are centred.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"
#include "native/io/hdf5/hdf5_node.hpp"

namespace cellmnn {

struct GeneMeansRequest {
  const std::vector<std::string>& index;  ///< (G) of var
  const Matrix<float>& loadings;          ///< (G, D)
  const Matrix<float>& coordinates;       ///< (N, D) in the order of the file
  bool compute;  ///< read all expression if the file does not store the mean; else a few cells, as a test
};

struct GeneMeans {
  Vector<float> mean;                 ///< (G), or empty
  std::string source;                 ///< "uns['pca_mean']", "X", "log(1 + X)", "raw/X", ...; or empty
  std::string problem;                ///< why there is no mean, or empty
  std::vector<std::string> warnings;  ///< sentences
};

/// uns['pca_mean'] if it belongs to the components; else the mean of the first of X, the layers and raw/X, as
/// they are or as log(1 + values), of which the coordinates are the components.
GeneMeans gene_means(const hdf5::Node& root, const GeneMeansRequest& request);

}  // namespace cellmnn
