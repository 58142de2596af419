/// Principal components of a small dense matrix, or of a large sparse one.
#pragma once

#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct Pca {
  Matrix<float> scores;     ///< (N, D) centred coordinates
  Matrix<float> loadings;   ///< (G, D) orthonormal columns; the entry of largest size is positive in each
  Vector<float> mean;       ///< (G)
  Vector<double> variance;  ///< (D) of the scores, descending, with divisor N
};

/// The first `dims` principal components of x (N, G), from the eigenvectors of the covariance, in
/// double. Throws bad_input if dims > min(N, G), dims < 1 or a value is not finite.
Pca principal_components(const MatrixView<float>& x, Index dims);

/// The components of the rows `cells` of x (N, G), and the scores of all rows. By Lanczos iteration on
/// the covariance in double (Spectra), which is applied and never formed; nor is x centred in memory.
/// Throws bad_input if dims is not below the numbers of cells and genes, or x does not vary in as many
/// directions; with `fewer`, there are as many components as there are directions, at least one.
Pca principal_components(const SparseMatrix& x, const std::vector<Index>& cells, Index dims,
                         Executor& executor, bool fewer = false);

}  // namespace cellmnn
