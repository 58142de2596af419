/// Columns of labels as columns of a data frame of an .h5ad file.
#pragma once

#include "native/io/h5ad/label_column.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"

namespace cellmnn {

/// As numbers, as categories where labels are fewer than rows (anndata's habit), or as texts.
void write_column(const hdf5::Place& place, const LabelColumn& column);

}  // namespace cellmnn
