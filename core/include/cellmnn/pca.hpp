/// Principal components of a small dense matrix.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

struct Pca {
  Matrix<float> scores;     ///< (N, D) centred coordinates
  Matrix<float> loadings;   ///< (G, D) orthonormal columns; the largest entry of each is positive
  Vector<float> mean;       ///< (G)
  Vector<double> variance;  ///< (D) descending
};

/// The first `dims` principal components of x (N, G), from the eigenvectors of the covariance, in
/// double. Throws bad_input if dims > min(N, G) or dims < 1.
Pca principal_components(const MatrixView<float>& x, Index dims);

}  // namespace cellmnn
