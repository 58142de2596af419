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

/// sum + x . w of the numbers that fill no register.
template <typename Scalar>
CELLMNN_INLINE Scalar with_last_numbers(Scalar sum, const Scalar* x, const Scalar* w, Index size) {
  for (Index k = size - size % kLanes<Scalar>; k < size; ++k) sum += x[k] * w[k];
  return sum;
}

/// Of two rows x_r, which lie `next` apart, and four rows w_c, which have `size` numbers and lie one after
/// the other: out(r, c) = x_r . w_c, where rows of out are `stride` apart.
template <typename Scalar>
CELLMNN_INLINE void row_products_tile(const Scalar* x, Index next, const Scalar* w, Index size, Scalar* out,
                                      Index stride) {
  using V = Lanes<Scalar>;
  V sums[kTileRows * kTileColumns]{};
  Index k = 0;
  for (; k + kLanes<Scalar> <= size; k += kLanes<Scalar>) {
    V columns[kTileColumns];
    written_out<kTileColumns>([&](Index c)
                                  __attribute__((always_inline)) { columns[c] = load(w + c * size + k); });
    written_out<kTileRows>([&](Index r) __attribute__((always_inline)) {
      const V row = load(x + r * next + k);
      written_out<kTileColumns>([&](Index c) __attribute__((always_inline)) {
        sums[r * kTileColumns + c] += row * columns[c];
      });
    });
  }
  if constexpr (kLanes<Scalar> == kTileColumns) {
    V totals[kTileRows];
    written_out<kTileRows>([&](Index r) __attribute__((always_inline)) {
      const V* own = sums + r * kTileColumns;
      totals[r] = sums_of_four(own[0], own[1], own[2], own[3]);
    });
    for (; k < size; ++k) {
      const V column = {w[k], w[size + k], w[2 * size + k], w[3 * size + k]};
      written_out<kTileRows>([&](Index r)
                                 __attribute__((always_inline)) { totals[r] += column * x[r * next + k]; });
    }
    written_out<kTileRows>([&](Index r) __attribute__((always_inline)) {
      store<Scalar>(out + r * stride, totals[r]);
    });
  } else {
    written_out<kTileRows * kTileColumns>([&](Index i) __attribute__((always_inline)) {
      const Index r = i / kTileColumns, c = i % kTileColumns;
      out[r * stride + c] = with_last_numbers(sum_lanes<Scalar>(sums[i]), x + r * next, w + c * size, size);
    });
  }
}

/// x . w
template <typename Scalar>
Scalar row_product(const Scalar* x, const Scalar* w, Index size) {
  Lanes<Scalar> sum{};
  for (Index k = 0; k + kLanes<Scalar> <= size; k += kLanes<Scalar>) sum += load(x + k) * load(w + k);
  return with_last_numbers(sum_lanes<Scalar>(sum), x, w, size);
}

/// out (rows, columns) = x (rows, size) times the transpose of w (columns, size), all row-major. No
/// row of it depends on the others: a column takes the same way in each.
template <typename Scalar>
void row_products(const Scalar* x, Index rows, const Scalar* w, Index columns, Index size, Scalar* out) {
  const Index tiled = columns - columns % kTileColumns;
  for (Index c = 0; c < tiled; c += kTileColumns) {
    for (Index r = 0; r < rows; r += kTileRows) {
      const bool is_alone = r + 1 == rows;  // the last row, which is taken twice
      row_products_tile(x + r * size, is_alone ? 0 : size, w + c * size, size, out + r * columns + c,
                        is_alone ? 0 : columns);
    }
  }
  for (Index r = 0; r < rows; ++r) {
    for (Index c = tiled; c < columns; ++c)
      out[r * columns + c] = row_product(x + r * size, w + c * size, size);
  }
}

}  // namespace cellmnn
