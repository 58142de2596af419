/// Products of matrices, compiled in one place: each expression with a product costs half a second to
/// compile.
#pragma once

#include "cellmnn/types.hpp"

namespace cellmnn {

/// a (m, k) times b (k, n).
Matrix<double> product(const MatrixView<double>& a, const MatrixView<double>& b);

/// The transpose of a (k, m) times b (k, n).
Matrix<double> transposed_product(const MatrixView<double>& a, const MatrixView<double>& b);

/// a (m, k) times the transpose of b (n, k).
Matrix<double> product_transposed(const MatrixView<double>& a, const MatrixView<double>& b);

}  // namespace cellmnn
