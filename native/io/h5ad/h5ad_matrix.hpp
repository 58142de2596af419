/// Numeric matrices of an .h5ad file: dense, or sparse by rows or columns.
#pragma once

#include <functional>
#include <vector>

#include "native/io/hdf5/hdf5_node.hpp"

namespace cellmnn {

struct MatrixShape {
  Index rows = 0, columns = 0;
};

/// The shape of a dense or sparse matrix. Throws bad_input for anything else.
MatrixShape matrix_shape(const hdf5::Node& matrix);

/// Whether this is a dense numeric dataset with two axes.
bool is_dense_matrix(const hdf5::Node& node);

/// Reads the first `columns` columns; row i goes to targets[i]. In blocks: the whole matrix is never
/// in memory twice. Sparse values are added to what the targets hold and must have all columns.
void read_matrix(const hdf5::Node& matrix, Index columns, const std::vector<float*>& targets);

/// How many values are stored: all of a dense matrix.
Index stored_values(const hdf5::Node& matrix);

using ValueVisitor = std::function<void(Index row, Index column, float value)>;

/// Visits the stored values in the order of the file, in blocks; then calls end_of_block(values of the
/// block).
void for_each_value(const hdf5::Node& matrix, const ValueVisitor& visit,
                    const std::function<void(Index)>& end_of_block);

}  // namespace cellmnn
