/// The Taylor chain of dx/dt = A x + b for one register of cells: its terms, their sums at given times, and
/// the adjoints of both.
#pragma once

#include <algorithm>
#include <vector>

#include "lanes/lane_matrix.hpp"

namespace cellmnn {

/// Workspace and arithmetic of one segment. With FixedDims the loops over dimensions have constant bounds; 0
/// is any number of dimensions.
template <typename Scalar, Index FixedDims>
struct TaylorChain {
  using V = Lanes<Scalar>;
  using Matrix = LaneMatrix<Scalar, FixedDims>;
  static constexpr Index kWidth = kLanes<Scalar>;
  static constexpr Index kRoom = FixedDims > 0 ? FixedDims : kMaxDims;
  using Row = V[kRoom];  // (D)

  Index any_dims;
  Vector<Scalar> terms;           ///< (degree + 1, D, lanes): A^k x / k!
  Vector<Scalar> terms_gradient;  ///< the same
  std::vector<Scalar> offsets;    ///< times, from the beginning of the segment
  Vector<Scalar> coefficients;    ///< (degree + 1, times): of the terms in the result at a time
  Vector<Scalar> results;         ///< (times, D, lanes), or the gradients with respect to them

  TaylorChain(Index dims, Index longest) : any_dims(dims) {
    terms.resize(longest * row_size());
    terms_gradient.resize(longest * row_size());
  }

  Index dims() const { return FixedDims > 0 ? FixedDims : any_dims; }
  Index row_size() const { return dims() * kWidth; }

  /// Room for this many times; allocates only if it is more than before.
  void reserve(Index times) {
    const auto grow = [](Vector<Scalar>& room, Index size) {
      if (room.size() < size) room.resize(size);
    };
    grow(coefficients, terms.size() / row_size() * times);
    grow(results, times * row_size());
    offsets.reserve(static_cast<std::size_t>(times));
  }

  /// term[0] = begin, term[1] = A begin + b, term[k] = A term[k - 1] / k.
  void build(const Matrix& a, const FieldView<const Scalar>& b, Index cell, const Scalar* begin,
             Index degree) {
    Row v;
    for (Index d = 0; d < dims(); ++d) {
      v[d] = load(begin + d * kWidth);
      store<Scalar>(terms.data() + d * kWidth, v[d]);
    }
    Scalar* next = terms.data() + row_size();
    for (Index k = 1; k <= degree; ++k, next += row_size()) {
      const Scalar scale = Scalar(1) / static_cast<Scalar>(k);
      Row product;
      for (Index r = 0; r < dims(); ++r) {
        V sum{};
        for (Index c = 0; c < dims(); ++c) sum += a(r, c) * v[c];
        product[r] = sum * scale;
      }
      for (Index d = 0; d < dims(); ++d) {
        v[d] = product[d];
        if (k == 1 && b.data != nullptr) v[d] += load(b.row(d) + cell);
        store<Scalar>(next + d * kWidth, v[d]);
      }
    }
  }

  /// The adjoint of build(): adds the gradient with respect to A and leaves that with respect
  /// to `begin` in terms_gradient[0].
  void reverse(const Matrix& a, Index degree, const FieldView<Scalar>& a_gradient, Index cell) {
    Row g;
    Scalar* row = terms_gradient.data() + degree * row_size();
    for (Index d = 0; d < dims(); ++d) g[d] = load(row + d * kWidth);
    for (Index k = degree; k >= 1; --k, row -= row_size()) {
      const Scalar scale = Scalar(1) / static_cast<Scalar>(k);
      for (Index d = 0; d < dims(); ++d) {
        g[d] *= scale;
        store<Scalar>(row + d * kWidth, g[d]);
      }
      Row product;
      for (Index c = 0; c < dims(); ++c) {
        V sum = load(row - row_size() + c * kWidth);
        for (Index r = 0; r < dims(); ++r) sum += a(r, c) * g[r];
        product[c] = sum;
      }
      for (Index d = 0; d < dims(); ++d) g[d] = product[d];
    }
    for (Index d = 0; d < dims(); ++d) store<Scalar>(row + d * kWidth, g[d]);

    for (Index r = 0; r < dims(); ++r) {
      Row sum;
      for (Index c = 0; c < dims(); ++c) sum[c] = load(a_gradient.row(r * dims() + c) + cell);
      for (Index k = 1; k <= degree; ++k) {
        const V left = load(terms_gradient.data() + k * row_size() + r * kWidth);
        const Scalar* right = terms.data() + (k - 1) * row_size();
        for (Index c = 0; c < dims(); ++c) sum[c] += left * load(right + c * kWidth);
      }
      for (Index c = 0; c < dims(); ++c) store<Scalar>(a_gradient.row(r * dims() + c) + cell, sum[c]);
    }
  }

  /// Position: sum of term[k] tau^k.
  void weigh_for_positions(Index degree) {
    const std::size_t count = offsets.size();
    Scalar* row = coefficients.data();
    std::fill_n(row, count, Scalar(1));
    for (Index k = 1; k <= degree; ++k, row += count) {
      for (std::size_t t = 0; t < count; ++t) row[count + t] = row[t] * offsets[t];
    }
  }

  /// Velocity: sum of term[k] k tau^(k - 1).
  void weigh_for_velocities(Index degree) {
    const std::size_t count = offsets.size();
    Scalar* row = coefficients.data();
    std::fill_n(row, count, Scalar(0));
    std::fill_n(row + count, count, Scalar(1));
    row += count;
    for (Index k = 2; k <= degree; ++k, row += count) {
      const Scalar factor = static_cast<Scalar>(k) / static_cast<Scalar>(k - 1);
      for (std::size_t t = 0; t < count; ++t) row[count + t] = row[t] * (offsets[t] * factor);
    }
  }

  Scalar* result(std::size_t t) { return results.data() + static_cast<Index>(t) * row_size(); }

  /// results = coefficients^T terms.
  void evaluate(Index degree) {
    const std::size_t count = offsets.size();
    for (std::size_t t = 0; t < count; ++t) {
      Row sum;
      for (Index d = 0; d < dims(); ++d) sum[d] = V{};
      const Scalar* coefficient = coefficients.data() + t;
      const Scalar* row = terms.data();
      for (Index k = 0; k <= degree; ++k, coefficient += count, row += row_size()) {
        for (Index d = 0; d < dims(); ++d) sum[d] += load(row + d * kWidth) * *coefficient;
      }
      for (Index d = 0; d < dims(); ++d) store<Scalar>(result(t) + d * kWidth, sum[d]);
    }
  }

  /// The adjoint of evaluate(): terms_gradient += coefficients results.
  void add_gradient(Index degree) {
    const std::size_t count = offsets.size();
    const Scalar* coefficient = coefficients.data();
    Scalar* row = terms_gradient.data();
    for (Index k = 0; k <= degree; ++k, row += row_size()) {
      Row sum;
      for (Index d = 0; d < dims(); ++d) sum[d] = load(row + d * kWidth);
      const Scalar* gradient = results.data();
      for (std::size_t t = 0; t < count; ++t, ++coefficient, gradient += row_size()) {
        for (Index d = 0; d < dims(); ++d) sum[d] += load(gradient + d * kWidth) * *coefficient;
      }
      for (Index d = 0; d < dims(); ++d) store<Scalar>(row + d * kWidth, sum[d]);
    }
  }

  void clear_gradient(Index degree) {
    std::fill_n(terms_gradient.data(), (degree + 1) * row_size(), Scalar(0));
  }
};

}  // namespace cellmnn
