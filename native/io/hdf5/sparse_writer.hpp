/// Sparse matrices as csr_matrix of anndata, whole or in blocks of rows.
#pragma once

#include <variant>
#include <vector>

#include "cellmnn/sparse.hpp"
#include "native/io/hdf5/hdf5_writer.hpp"

namespace cellmnn::hdf5 {

/// Of which the size is known.
class SparseWriter {
 public:
  SparseWriter(const Place& place, Index rows, Index columns, Index entries);

  /// The next rows; their values are `values`.
  void append(const SparseMatrix& rows, const std::vector<float>& values);
  void close();  ///< is asked for when all rows are there

 private:
  using Whole = std::variant<ArrayWriter<std::int32_t>, ArrayWriter<std::int64_t>>;
  static Whole whole(const Place& place, Index length, Index entries);

  Id group_;
  ArrayWriter<float> data_;
  Whole indices_, starts_;
  Index entries_ = 0;  // written
};

void write_sparse(const Place& place, const SparseMatrix& matrix, const std::vector<float>& values);

}  // namespace cellmnn::hdf5
