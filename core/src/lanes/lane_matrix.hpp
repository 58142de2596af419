/// One small matrix a SIMD lane.
#pragma once

#include <algorithm>
#include <cmath>

#include "lanes/field.hpp"
#include "lanes/lanes.hpp"

namespace cellmnn {

/// (D, D): in registers if the size is fixed, else read from where it lies. FixedDims 0 is any size.
template <typename Scalar, Index FixedDims>
struct LaneMatrix {
  Lanes<Scalar> value[FixedDims * FixedDims];

  LaneMatrix(const FieldView<const Scalar>& a, Index cell, Index) {
    for (Index f = 0; f < FixedDims * FixedDims; ++f) value[f] = load(a.row(f) + cell);
  }
  Lanes<Scalar> operator()(Index r, Index c) const { return value[r * FixedDims + c]; }
};

template <typename Scalar>
struct LaneMatrix<Scalar, 0> {
  const Scalar* data;
  Index stride, dims;

  LaneMatrix(const FieldView<const Scalar>& a, Index cell, Index d)
      : data(a.row(0) + cell), stride(a.stride), dims(d) {}
  Lanes<Scalar> operator()(Index r, Index c) const { return load(data + (r * dims + c) * stride); }
};

template <typename Scalar, Index FixedDims>
void multiply(const LaneMatrix<Scalar, FixedDims>& a, const LaneMatrix<Scalar, FixedDims>& b,
              LaneMatrix<Scalar, FixedDims>& product) {
  for (Index r = 0; r < FixedDims; ++r) {
    for (Index c = 0; c < FixedDims; ++c) {
      Lanes<Scalar> sum{};
      for (Index k = 0; k < FixedDims; ++k) sum += a(r, k) * b(k, c);
      product.value[r * FixedDims + c] = sum;
    }
  }
}

/// The largest min(|A|_1, |A|_inf) of all lanes; NaN if any value is not finite.
template <typename Scalar, Index FixedDims>
Scalar largest_norm(const LaneMatrix<Scalar, FixedDims>& a, Index dims) {
  using V = Lanes<Scalar>;
  V rows{}, columns{}, poison{};
  for (Index r = 0; r < dims; ++r) {
    V row{}, column{};
    for (Index c = 0; c < dims; ++c) {
      row += abs_lanes<Scalar>(a(r, c));
      column += abs_lanes<Scalar>(a(c, r));
    }
    rows = max_lanes<Scalar>(row, rows);
    columns = max_lanes<Scalar>(column, columns);
    poison += row * Scalar(0);  // a maximum may lose a NaN, a sum does not
  }
  const V least = rows < columns ? rows : columns;
  Scalar largest = 0;
  for (Index i = 0; i < kLanes<Scalar>; ++i) largest = std::max(largest, least[i]);
  return largest + sum_lanes<Scalar>(poison);
}

/// A number g with |A^k| <= g^k for k >= 2, for all lanes: min(|A|_1, |A|_inf), or from |A^2| and |A^3|
/// (Al-Mohy and Higham 2009) where these are cheap. NaN if any value is not finite.
template <typename Scalar, Index FixedDims>
Scalar growth(const LaneMatrix<Scalar, FixedDims>& a, Index dims) {
  const Scalar bound = largest_norm(a, dims);
  if constexpr (FixedDims > 0) {
    LaneMatrix<Scalar, FixedDims> square = a, cube = a;
    multiply(a, a, square);
    multiply(square, a, cube);
    return std::min(bound,
                    std::max(std::sqrt(largest_norm(square, dims)), std::cbrt(largest_norm(cube, dims))));
  }
  return bound;
}

}  // namespace cellmnn
