#include "base/products.hpp"

namespace cellmnn {

Matrix<double> product(const MatrixView<double>& a, const MatrixView<double>& b) { return a * b; }

Matrix<double> transposed_product(const MatrixView<double>& a, const MatrixView<double>& b) {
  return a.transpose() * b;
}

Matrix<double> product_transposed(const MatrixView<double>& a, const MatrixView<double>& b) {
  return a * b.transpose();
}

}  // namespace cellmnn
