/// Products of rows with rows, in registers that Eigen does not know: those of WebAssembly.
#pragma once

#include <utility>

#include "lanes/lanes.hpp"

namespace cellmnn {

/// f(0), ..., f(N - 1), written out: a loop would keep what it counts through in memory.
template <Index N, typename F>
CELLMNN_INLINE void written_out(const F& f) {
  [&]<Index... I>(std::integer_sequence<Index, I...>) __attribute__((always_inline)) { (f(I), ...); }
  (std::make_integer_sequence<Index, N>{});
}

/// The sum of the lanes of each of four.
template <typename V>
CELLMNN_INLINE V sums_of_four(const V& a, const V& b, const V& c, const V& d) {
  const V ab = __builtin_shufflevector(a, b, 0, 4, 2, 6) + __builtin_shufflevector(a, b, 1, 5, 3, 7);
  const V cd = __builtin_shufflevector(c, d, 0, 4, 2, 6) + __builtin_shufflevector(c, d, 1, 5, 3, 7);
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

constexpr Index kTileRows = 2, kTileColumns = 4;  // with their operands these fill 16 registers

/// Of two rows x_r and four rows w_c, which have `size` numbers and lie one after the other:
/// out(r, c) = x_r . w_c, where rows of out are `stride` apart. All that fills whole registers, that is.
template <typename Scalar>
CELLMNN_INLINE void row_products_tile(const Scalar* x, const Scalar* w, Index size, Scalar* out,
                                      Index stride) {
  Lanes<Scalar> sums[kTileRows * kTileColumns]{};
  for (Index k = 0; k + kLanes<Scalar> <= size; k += kLanes<Scalar>) {
    Lanes<Scalar> columns[kTileColumns];
    written_out<kTileColumns>([&](Index c)
                                  __attribute__((always_inline)) { columns[c] = load(w + c * size + k); });
    written_out<kTileRows>([&](Index r) __attribute__((always_inline)) {
      const Lanes<Scalar> row = load(x + r * size + k);
      written_out<kTileColumns>([&](Index c) __attribute__((always_inline)) {
        sums[r * kTileColumns + c] += row * columns[c];
      });
    });
  }
  written_out<kTileRows>([&](Index r) __attribute__((always_inline)) {
    const Lanes<Scalar>* own = sums + r * kTileColumns;
    if constexpr (kLanes<Scalar> == 4) {
      store<Scalar>(out + r * stride, sums_of_four(own[0], own[1], own[2], own[3]));
    } else {
      written_out<kTileColumns>([&](Index c) __attribute__((always_inline)) {
        out[r * stride + c] = sum_lanes<Scalar>(own[c]);
      });
    }
  });
}

/// The same of one row and one row, with the same rounding.
template <typename Scalar>
Scalar row_product(const Scalar* x, const Scalar* w, Index size) {
  Lanes<Scalar> sum{};
  for (Index k = 0; k + kLanes<Scalar> <= size; k += kLanes<Scalar>) sum += load(x + k) * load(w + k);
  if constexpr (kLanes<Scalar> == 4) {
    return sums_of_four(sum, sum, sum, sum)[0];
  } else {
    return sum_lanes<Scalar>(sum);
  }
}

/// out (rows, columns) = x (rows, size) times the transpose of w (columns, size), all row-major. No
/// row of it depends on the others.
template <typename Scalar>
void row_products(const Scalar* x, Index rows, const Scalar* w, Index columns, Index size, Scalar* out) {
  const Index tiled_rows = rows - rows % kTileRows, tiled_columns = columns - columns % kTileColumns;
  for (Index c = 0; c < tiled_columns; c += kTileColumns)
    for (Index r = 0; r < tiled_rows; r += kTileRows)
      row_products_tile(x + r * size, w + c * size, size, out + r * columns + c, columns);
  // What no tile reached: the last numbers of its rows, and other rows and columns as a whole.
  for (Index r = 0; r < rows; ++r) {
    for (Index c = 0; c < columns; ++c) {
      Scalar& sum = out[r * columns + c];
      if (r >= tiled_rows || c >= tiled_columns) sum = row_product(x + r * size, w + c * size, size);
      for (Index k = size - size % kLanes<Scalar>; k < size; ++k) sum += x[r * size + k] * w[c * size + k];
    }
  }
}

}  // namespace cellmnn
