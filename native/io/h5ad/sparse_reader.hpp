/// The entries of a csr or csc matrix of an .h5ad file.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cellmnn/row_blocks.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/hdf5/hdf5_node.hpp"

namespace cellmnn {

/// Throws bad_input if an index of a column has no room in a SparseMatrix.
void check_columns(const hdf5::Node& matrix, Index columns);

/// One row of a csr matrix or one column of a csc matrix, after the other.
class SparseReader {
 public:
  SparseReader(hdf5::Node group, MatrixShape shape, bool by_rows)
      : group_(std::move(group)),
        data_(group_.at("data")),
        indices_(group_.at("indices")),
        by_rows_(by_rows),
        shape_(shape),
        major_(by_rows ? shape_.rows : shape_.columns),
        minor_(by_rows ? shape_.columns : shape_.rows) {
    const hdf5::Node indptr = group_.at("indptr");
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
  const std::vector<std::int64_t>& starts() const { return starts_; }

  /// Some rows of a csr matrix.
  SparseMatrix rows(Index first, Index last);

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

  void check(std::int64_t minor) const {
    if (minor >= 0 && minor < minor_) return;
    throw damaged("index " + std::to_string(minor) + " is outside of " + std::to_string(minor_));
  }

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
        check(minor);
        visit(by_rows_ ? major : minor, by_rows_ ? minor : major, values_[entry]);
      }
    }
  }

  hdf5::Node group_, data_, indices_;
  bool by_rows_;
  MatrixShape shape_;
  Index major_, minor_;
  std::vector<std::int64_t> starts_;
  std::vector<float> values_;
  std::vector<std::int64_t> minors_;
};

}  // namespace cellmnn
