#include "native/io/h5ad/h5ad_matrix.hpp"

#include <algorithm>
#include <string>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/frame_matrix.hpp"
#include "native/io/h5ad/sparse_reader.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;
using hdf5::ValueKind;

constexpr Index kLargestBlockValues = Index{1} << 24;

/// "csr", "csc", or "" for a group that is no sparse matrix.
std::string sparse_format(const Node& group) {
  const std::string encoding = group.text_attribute("encoding-type").value_or("");
  if (encoding == "csr_matrix" || encoding == "csc_matrix") return encoding.substr(0, 3);
  return group.text_attribute("h5sparse_format").value_or("");  // anndata 0.6
}

std::string counted_axes(const Node& dataset) {
  if (dataset.kind() == ValueKind::none) return "no values";
  return dataset.kind() == ValueKind::number ? std::to_string(dataset.shape().size()) + " axes"
                                             : "no numbers";
}

MatrixShape sparse_shape(const Node& group) {
  std::vector<Index> shape = group.integer_attribute("shape");
  if (shape.empty()) shape = group.integer_attribute("h5sparse_shape");
  if (shape.size() != 2 || shape[0] < 0 || shape[1] < 0) throw group.error("has no valid shape");
  return {shape[0], shape[1]};
}

/// Whole chunks, so that each is decompressed once.
Index rows_of_a_block(const Node& dataset, Index columns) {
  const Index rows = std::max(Index{1}, kBlockValues / columns), chunk = dataset.rows_per_chunk();
  const Index whole_chunks = (rows + chunk - 1) / chunk * chunk;
  return whole_chunks <= kLargestBlockValues / columns ? whole_chunks : rows;
}

/// Calls row(i, values) for the first `columns` values of the rows from `first` to `rows`, then
/// end_of_block(values).
template <typename Row, typename End>
void read_dense(const Node& dataset, Index first, Index rows, Index columns, const Row& row,
                const End& end_of_block) {
  Matrix<float> block(std::min(rows_of_a_block(dataset, columns), rows - first), columns);
  for (Index begin = first; begin < rows; begin += block.rows()) {
    const Index count = std::min(block.rows(), rows - begin);
    dataset.read_rows(begin, count, columns, block.data());
    for (Index i = 0; i < count; ++i) row(begin + i, block.row(i).data());
    end_of_block(count * columns);
  }
}

SparseReader sparse_reader(const Node& matrix) {
  return {matrix, sparse_shape(matrix), sparse_format(matrix) == "csr"};
}

bool is_sparse(const Node& node) { return node.is_group() && !sparse_format(node).empty(); }

class SparseBlocks final : public RowBlocks {
 public:
  SparseBlocks(const Node& group, MatrixShape shape)
      : reader_(group, shape, true), columns_(shape.columns), starts_(block_starts(reader_.starts())) {}

  Index columns() const override { return columns_; }
  const std::vector<Index>& starts() const override { return starts_; }
  SparseMatrix read(Index block) override { return reader_.rows(first_row(block), first_row(block + 1)); }

 private:
  SparseReader reader_;
  Index columns_;
  std::vector<Index> starts_;
};

class DenseBlocks final : public RowBlocks {
 public:
  explicit DenseBlocks(const Node& dataset) : dataset_(dataset), columns_(dataset.shape()[1]) {
    check_columns(dataset, columns_);
    starts_ = even_starts(dataset.shape()[0], rows_of_a_block(dataset, std::max(Index{1}, columns_)));
  }

  Index columns() const override { return columns_; }
  const std::vector<Index>& starts() const override { return starts_; }

  SparseMatrix read(Index block) override {
    SparseMatrix rows;
    rows.rows = first_row(block + 1) - first_row(block);
    rows.columns = columns_;
    rows.starts = {0};
    Matrix<float> values(rows.rows, columns_);
    dataset_.read_rows(first_row(block), rows.rows, columns_, values.data());
    for (Index row = 0; row < rows.rows; ++row) {
      for (Index column = 0; column < columns_; ++column) {
        if (values(row, column) == 0) continue;
        rows.indices.push_back(static_cast<std::int32_t>(column));
        rows.values.push_back(values(row, column));
      }
      rows.starts.push_back(rows.entries());
    }
    return rows;
  }

 private:
  Node dataset_;
  Index columns_;
  std::vector<Index> starts_;
};

}  // namespace

bool is_dense_matrix(const Node& node) {
  return node.kind() == ValueKind::number && node.shape().size() == 2;
}

bool is_matrix(const Node& node) {
  return is_dense_matrix(node) || is_sparse(node) || is_frame_of_numbers(node);
}

std::string storage_name(const Node& matrix) {
  if (is_dense_matrix(matrix)) return "dense";
  if (is_sparse(matrix)) return sparse_format(matrix) == "csr" ? "sparse by rows" : "sparse by columns";
  if (is_frame(matrix)) return "dataframe";
  if (const auto encoding = matrix.text_attribute("encoding-type")) return *encoding;
  return matrix.is_group() ? "group" : "dataset with " + counted_axes(matrix);
}

MatrixShape matrix_shape(const Node& matrix) {
  if (is_dense_matrix(matrix)) return {matrix.shape()[0], matrix.shape()[1]};
  if (is_sparse(matrix)) return sparse_shape(matrix);
  if (is_frame(matrix)) return frame_shape(matrix);
  throw matrix.error("is stored as '" + storage_name(matrix) +
                     "', expected a matrix of numbers, dense or sparse, or a dataframe of numbers");
}

void read_matrix(const Node& matrix, Index columns, const std::vector<float*>& targets) {
  const MatrixShape shape = matrix_shape(matrix);
  if (shape.rows != static_cast<Index>(targets.size())) {
    throw matrix.error("has " + std::to_string(shape.rows) + " rows, expected " +
                       std::to_string(targets.size()));
  }
  if (columns == 0) return;
  const auto go_on = [](Index) {};
  const auto target = [&](Index row) { return targets[static_cast<std::size_t>(row)]; };
  if (is_dense_matrix(matrix)) {
    read_dense(
        matrix, 0, shape.rows, columns,
        [&](Index row, const float* values) { std::copy_n(values, columns, target(row)); }, go_on);
  } else if (is_frame(matrix)) {
    read_frame(matrix, columns, targets);
  } else {
    sparse_reader(matrix).read(
        [&](Index row, Index column, float value) {
          if (column < columns) target(row)[column] += value;
        },
        go_on);
  }
}

void read_rows(const Node& matrix, Index first, Matrix<float>& rows) {
  if (rows.size() == 0) return;
  read_dense(
      matrix, first, first + rows.rows(), rows.cols(),
      [&](Index row, const float* values) { std::copy_n(values, rows.cols(), rows.row(row - first).data()); },
      [](Index) {});
}

Index stored_values(const Node& matrix) {
  const MatrixShape shape = matrix_shape(matrix);
  return is_dense_matrix(matrix) ? shape.rows * shape.columns : sparse_reader(matrix).entries();
}

void for_each_value(const Node& matrix, const ValueVisitor& visit,
                    const std::function<void(Index)>& end_of_block) {
  const MatrixShape shape = matrix_shape(matrix);
  if (shape.rows == 0 || shape.columns == 0) return;
  if (is_dense_matrix(matrix)) {
    const auto visit_row = [&](Index row, const float* values) {
      for (Index column = 0; column < shape.columns; ++column) visit(row, column, values[column]);
    };
    read_dense(matrix, 0, shape.rows, shape.columns, visit_row, end_of_block);
  } else if (is_frame(matrix)) {
    throw matrix.error("is a dataframe, expected a matrix, dense or sparse");
  } else {
    sparse_reader(matrix).read(visit, end_of_block);
  }
}

bool has_rows(const Node& matrix) {
  return is_dense_matrix(matrix) || (is_sparse(matrix) && sparse_format(matrix) == "csr");
}

void for_each_value_of_rows(const Node& matrix, Index begin, Index end, const ValueVisitor& visit) {
  const auto go_on = [](Index) {};
  if (begin >= end) return;
  if (!is_dense_matrix(matrix)) return sparse_reader(matrix).read(begin, end, visit, go_on);
  const Index columns = matrix_shape(matrix).columns;
  const auto visit_row = [&](Index row, const float* values) {
    for (Index column = 0; column < columns; ++column) visit(row, column, values[column]);
  };
  if (columns > 0) read_dense(matrix, begin, end, columns, visit_row, go_on);
}

std::shared_ptr<RowBlocks> blocks_of_rows(const Node& matrix) {
  if (is_sparse(matrix)) return blocks_of_rows(matrix, sparse_shape(matrix));
  return std::make_shared<DenseBlocks>(matrix);
}

std::shared_ptr<RowBlocks> blocks_of_rows(const Node& group, MatrixShape shape) {
  return std::make_shared<SparseBlocks>(group, shape);
}

}  // namespace cellmnn
