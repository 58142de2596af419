/// Principal components of a small dense matrix.
#pragma once

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

}  // namespace cellmnn
