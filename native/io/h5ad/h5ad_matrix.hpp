/// Numeric matrices of an .h5ad file: dense, sparse by rows or columns, or a data frame of numbers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cellmnn/row_blocks.hpp"
#include "native/io/hdf5/hdf5_node.hpp"

namespace cellmnn {

struct MatrixShape {
  Index rows = 0, columns = 0;
};

/// The shape of a matrix. Throws bad_input for anything else.
MatrixShape matrix_shape(const hdf5::Node& matrix);

/// Whether this can be read as a matrix.
bool is_matrix(const hdf5::Node& node);

/// Whether this is a dense numeric dataset with two axes.
bool is_dense_matrix(const hdf5::Node& node);

/// "dense", "sparse by rows", "sparse by columns", "dataframe".
std::string storage_name(const hdf5::Node& matrix);

/// Reads the first `columns` columns; row i goes to targets[i]. In blocks: the whole matrix is never
/// in memory twice. Sparse values are added to what the targets hold.
void read_matrix(const hdf5::Node& matrix, Index columns, const std::vector<float*>& targets);

/// Reads the rows of a dense matrix from `first` on, of each as many columns as `rows` has.
void read_rows(const hdf5::Node& matrix, Index first, Matrix<float>& rows);

/// How many values are stored: all of a dense matrix. Not of a data frame.
Index stored_values(const hdf5::Node& matrix);

using ValueVisitor = std::function<void(Index row, Index column, float value)>;

/// Visits the stored values in the order of the file, in blocks; then calls end_of_block(values of the
/// block).
void for_each_value(const hdf5::Node& matrix, const ValueVisitor& visit,
                    const std::function<void(Index)>& end_of_block);

/// Whether some rows can be read without the others.
bool has_rows(const hdf5::Node& matrix);

/// Visits the stored values of the rows from `begin` to `end`, the last one not included; needs has_rows().
void for_each_value_of_rows(const hdf5::Node& matrix, Index begin, Index end, const ValueVisitor& visit);

/// The rows in blocks; needs has_rows().
std::shared_ptr<RowBlocks> blocks_of_rows(const hdf5::Node& matrix);

/// Those of a group of data, indices and indptr, whose rows are what indptr divides.
std::shared_ptr<RowBlocks> blocks_of_rows(const hdf5::Node& group, MatrixShape shape);

}  // namespace cellmnn
