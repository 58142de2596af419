/// Data frames of numbers where a matrix is expected, as in obsm.
#pragma once

#include <vector>

#include "native/io/h5ad/h5ad_matrix.hpp"

namespace cellmnn {

/// Whether this is a group that anndata calls a dataframe.
bool is_frame(const hdf5::Node& node);

/// Whether all its columns, at least one, hold numbers.
bool is_frame_of_numbers(const hdf5::Node& node);

/// Throws bad_input if a column holds anything but numbers.
MatrixShape frame_shape(const hdf5::Node& frame);

/// The first `columns` columns in their order; row i goes to targets[i], missing values as NaN.
void read_frame(const hdf5::Node& frame, Index columns, const std::vector<float*>& targets);

}  // namespace cellmnn
