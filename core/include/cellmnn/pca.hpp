/// Principal components of a small dense matrix, or of a large sparse one.
#pragma once

#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/preprocess.hpp"
#include "cellmnn/row_blocks.hpp"
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

/// Principal components as directions of genes.
struct Components {
  Matrix<double> loadings;  ///< (G, D), as in Pca
  Vector<double> mean;      ///< (G)
  Vector<double> variance;  ///< (D), as in Pca

  /// (N, D) centred coordinates of the rows of x (N, G).
  Matrix<float> scores(const SparseMatrix& x, Executor& executor) const;
};

/// The components of the rows of x with a flag, whose moments are known. Lanczos iteration in double
/// (Spectra) on the covariance: a matrix where this takes less memory than the values, summed in one pass,
/// else applied to the values and never formed; x is not centred in memory. Throws bad_input if dims is not
/// below the numbers of cells and genes, or x does not vary in as many directions; with `fewer`, there are
/// as many components as there are directions, at least one.
class ComponentFit {
 public:
  /// `of_genes` of `cells` rows.
  ComponentFit(GeneMoments of_genes, Index cells, Index dims, bool fewer = false);

  /// Whether the covariance is a matrix, summed in shares.
  bool sums_products() const;

  /// Sums of products of genes (G (G + 1) / 2) over the rows with a flag in some blocks.
  Vector<double> products(RowBlocks& x, ShareBlocks blocks, const std::vector<bool>& fitted,
                          Executor& executor) const;

  /// Of the sums over all shares.
  Components from_products(const Vector<double>& products, Executor& executor) const;

  /// Of values that are few enough.
  Components from_values(RowBlocks& x, const std::vector<bool>& fitted, Executor& executor) const;

 private:
  GeneMoments of_genes_;
  Index cells_, dims_;
  bool fewer_;
};

/// The same of the rows `cells` of x (N, G), and the scores of all rows.
Pca principal_components(const SparseMatrix& x, const std::vector<Index>& cells, Index dims,
                         Executor& executor, bool fewer = false);

}  // namespace cellmnn
