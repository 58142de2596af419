/// Sparse matrices as csr_matrix of anndata, whole or in blocks of rows.
#pragma once

#include <vector>

#include "cellmnn/sparse.hpp"
#include "native/io/hdf5/hdf5_rows.hpp"

namespace cellmnn::hdf5 {

/// Of which the size is known.
class SparseWriter {
 public:
  SparseWriter(const Place& place, Index rows, Index columns, Index entries);

  /// The next rows; their values are `values`.
  void add(const SparseMatrix& rows, const std::vector<float>& values);
  void finish();  ///< after the last row

 private:
  Rows of_indices(const char* name, Index length) const;
  template <typename Number>
  void add(Rows& array, const std::vector<Number>& numbers) const;

  Id group_;
  bool narrow_;  // scipy wants both index arrays in one type
  Rows data_, indices_, starts_;
  Index entries_ = 0;  // written
};

void write_sparse(const Place& place, const SparseMatrix& matrix, const std::vector<float>& values);

}  // namespace cellmnn::hdf5
