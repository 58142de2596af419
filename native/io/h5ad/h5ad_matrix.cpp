#include "native/io/h5ad/h5ad_matrix.hpp"

#include <algorithm>
#include <string>

#include "native/io/files/text.hpp"
#include "native/io/h5ad/frame_matrix.hpp"

namespace cellmnn {
namespace {

using hdf5::Node;
using hdf5::ValueKind;

constexpr Index kBlockValues = Index{1} << 20;
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

/// Calls row(i, values) for the first `columns` values of the rows from `first` to `rows`, then
/// end_of_block(values).
template <typename Row, typename End>
void read_dense(const Node& dataset, Index first, Index rows, Index columns, const Row& row,
                const End& end_of_block) {
  // Whole chunks, so that each is decompressed once.
  Index block_rows = std::max(Index{1}, kBlockValues / columns);
  const Index chunk = dataset.rows_per_chunk();
  const Index whole_chunks = (block_rows + chunk - 1) / chunk * chunk;
  if (whole_chunks <= kLargestBlockValues / columns) block_rows = whole_chunks;
  Matrix<float> block(std::min(block_rows, rows - first), columns);
  for (Index begin = first; begin < rows; begin += block.rows()) {
    const Index count = std::min(block.rows(), rows - begin);
    dataset.read_rows(begin, count, columns, block.data());
    for (Index i = 0; i < count; ++i) row(begin + i, block.row(i).data());
    end_of_block(count * columns);
  }
}

/// One row of a csr matrix or one column of a csc matrix, after the other.
class SparseReader {
 public:
  SparseReader(const Node& group, MatrixShape shape, bool by_rows)
      : group_(group),
        data_(group.at("data")),
        indices_(group.at("indices")),
        by_rows_(by_rows),
        shape_(shape),
        major_(by_rows ? shape_.rows : shape_.columns),
        minor_(by_rows ? shape_.columns : shape_.rows) {
    const Node indptr = group.at("indptr");
    if (indptr.shape() != std::vector<Index>{major_ + 1})
      throw damaged("indptr has another length than the shape");
    starts_.resize(static_cast<std::size_t>(major_ + 1));
    indptr.read_rows(0, major_ + 1, 1, starts_.data());
    if (starts_.front() != 0 || !std::is_sorted(starts_.begin(), starts_.end())) {
      throw damaged("indptr does not ascend from 0");
    }
    const std::vector<Index> entries = {starts_.back()};
    if (data_.shape() != entries || indices_.shape() != entries) {
      throw damaged("data, indices and indptr do not agree on the number of entries");
    }
  }

  Index entries() const { return starts_.back(); }

  /// Calls visit(row, column, value) for all entries and end_of_block(entries) now and then.
  template <typename Visit, typename End>
  void read(const Visit& visit, const End& end_of_block) {
    read(0, major_, visit, end_of_block);
  }

  /// The same for some rows of a csr matrix or columns of a csc matrix.
  template <typename Visit, typename End>
  void read(Index first, Index last, const Visit& visit, const End& end_of_block) {
    for (Index begin = first; begin < last;) {
      Index end = begin + 1;
      while (end < last && start(end + 1) - start(begin) <= kBlockValues) ++end;
      read_block(begin, end, visit);
      end_of_block(start(end) - start(begin));
      begin = end;
    }
  }

 private:
  std::int64_t start(Index major) const { return starts_[static_cast<std::size_t>(major)]; }
  Error damaged(const std::string& what) const { return group_.error("is a damaged sparse matrix: " + what); }

  template <typename Visit>
  void read_block(Index begin, Index end, const Visit& visit) {
    const auto count = static_cast<std::size_t>(start(end) - start(begin));
    values_.resize(count);
    minors_.resize(count);
    data_.read_rows(start(begin), static_cast<Index>(count), 1, values_.data());
    indices_.read_rows(start(begin), static_cast<Index>(count), 1, minors_.data());
    std::size_t entry = 0;
    for (Index major = begin; major < end; ++major) {
      for (Index left = start(major + 1) - start(major); left > 0; --left, ++entry) {
        const Index minor = minors_[entry];
        if (minor < 0 || minor >= minor_) {
          throw damaged("index " + std::to_string(minor) + " is outside of " + std::to_string(minor_));
        }
        visit(by_rows_ ? major : minor, by_rows_ ? minor : major, values_[entry]);
      }
    }
  }

  const Node& group_;
  Node data_, indices_;
  bool by_rows_;
  MatrixShape shape_;
  Index major_, minor_;
  std::vector<std::int64_t> starts_;
  std::vector<float> values_;
  std::vector<std::int64_t> minors_;
};

SparseReader sparse_reader(const Node& matrix) {
  return {matrix, sparse_shape(matrix), sparse_format(matrix) == "csr"};
}

bool is_sparse(const Node& node) { return node.is_group() && !sparse_format(node).empty(); }

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

void for_each_value_by_rows(const Node& group, MatrixShape shape, const ValueVisitor& visit,
                            const std::function<void(Index)>& end_of_block) {
  SparseReader(group, shape, true).read(visit, end_of_block);
}

}  // namespace cellmnn
