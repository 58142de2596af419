/// Sparse counts for unit tests, and the same as a dense matrix.
#pragma once

#include <cmath>
#include <numeric>
#include <vector>

#include "cellmnn/rng.hpp"
#include "cellmnn/sparse.hpp"

namespace cellmnn::testing {

inline SparseMatrix sparse(const Matrix<float>& dense) {
  return sparse_matrix(dense.rows(), dense.cols(), [&](const auto& visit) {
    for (Index i = 0; i < dense.rows(); ++i) {
      for (Index j = 0; j < dense.cols(); ++j) visit(i, j, dense(i, j));
    }
  });
}

inline Matrix<float> dense(const SparseMatrix& sparse) {
  Matrix<float> result = Matrix<float>::Zero(sparse.rows, sparse.columns);
  for (Index i = 0; i < sparse.rows; ++i) {
    sparse.for_row(i, [&](Index column, float value) { result(i, column) = value; });
  }
  return result;
}

/// Counts of which about half are 0; gene g is on average g + 1 times as large as gene 0.
inline Matrix<float> random_counts(Index cells, Index genes, std::uint64_t seed = 4) {
  Rng rng(seed);
  Matrix<float> counts(cells, genes);
  for (float& value : counts.reshaped<Eigen::RowMajor>()) {
    value = static_cast<float>(std::max(0.0, std::floor(3 * rng.normal())));
  }
  for (Index g = 0; g < genes; ++g) counts.col(g) *= static_cast<float>(g + 1);
  return counts;
}

inline std::vector<Index> first_cells(Index count) {
  std::vector<Index> cells(static_cast<std::size_t>(count));
  std::iota(cells.begin(), cells.end(), Index{0});
  return cells;
}

}  // namespace cellmnn::testing
