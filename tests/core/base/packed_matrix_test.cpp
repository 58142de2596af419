#include "base/packed_matrix.hpp"

#include "base/products.hpp"
#include "catch.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

/// x times the packed matrix, added to 0, between rows that must stay as they are.
Matrix<double> product_with(const PackedMatrix<double>& packed, const Matrix<double>& x, Index columns) {
  Matrix<double> out = Matrix<double>::Constant(x.rows() + 2, columns, 7);
  out.middleRows(1, x.rows()).setZero();
  packed.add_product(x, out.middleRows(1, x.rows()));
  REQUIRE((out.row(0).array() == 7).all());
  REQUIRE((out.row(x.rows() + 1).array() == 7).all());
  return out.middleRows(1, x.rows());
}

bool are_same(const Matrix<double>& a, const Matrix<double>& b, Index k) {
  if (a.rows() == 1 || a.cols() == 1 || k + a.rows() + a.cols() < 20) return a.isApprox(b, 1e-12);
  return (a.array() == b.array()).all();
}

void check(Index m, Index k, Index n) {
  CAPTURE(m, k, n);
  const Matrix<double> x = random_matrix(m, k, 1), w = random_matrix(k, n, 2), turned = w.transpose();
  PackedMatrix<double> packed;
  packed.pack({w.data(), k, n});
  CHECK(are_same(product_with(packed, x, n), product(x, w), k));
  packed.pack_transposed({turned.data(), n, k});
  CHECK(are_same(product_with(packed, x, n), product_transposed(x, turned), k));
}

}  // namespace

// products.cpp is compiled for the same SIMD level.
TEST_CASE("products with a packed matrix have the bits of Eigen's", "[products]") {
  for (const Index m : {1, 2, 3, 13, 32, 33, 64}) {
    for (const Index k : {1, 2, 6, 30, 96, 97, 700}) {
      for (const Index n : {1, 2, 5, 30, 31, 96, 257}) check(m, k, n);
    }
  }
  check(33, 3000, 1000);  // in pieces
}
