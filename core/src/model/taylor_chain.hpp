/// The Taylor chain of dx/dt = A x + b for one register of cells: its terms, their sums at given times, and
/// the adjoints of both.
#pragma once

#include <algorithm>

#include "lanes/lane_matrix.hpp"
#include "model/served_times.hpp"

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
  Vector<Scalar> results;         ///< (times, D, lanes), or the gradients with respect to them

  TaylorChain(Index dims, Index longest) : any_dims(dims) {
    terms.resize(longest * row_size());
    terms_gradient.resize(longest * row_size());
  }

  Index dims() const { return FixedDims > 0 ? FixedDims : any_dims; }
  Index row_size() const { return dims() * kWidth; }

  /// Room for this many times; allocates only if it is more than before.
  void reserve(Index times) {
    if (results.size() < times * row_size()) results.resize(times * row_size());
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

  Scalar* result(Index t) { return results.data() + t * row_size(); }

  /// results = coefficients^T terms.
  void evaluate(const ServedSegment<Scalar>& served, Index degree) {
    const Index count = served.count;
    for (Index t = 0; t < count; ++t) {
      Row sum;
      for (Index d = 0; d < dims(); ++d) sum[d] = V{};
      const Scalar* coefficient = served.coefficients + t;
      const Scalar* row = terms.data();
      for (Index k = 0; k <= degree; ++k, coefficient += count, row += row_size()) {
        for (Index d = 0; d < dims(); ++d) sum[d] += load(row + d * kWidth) * *coefficient;
      }
      for (Index d = 0; d < dims(); ++d) store<Scalar>(result(t) + d * kWidth, sum[d]);
    }
  }

  /// The adjoint of evaluate(): terms_gradient += coefficients results.
  void add_gradient(const ServedSegment<Scalar>& served, Index degree) {
    const Index count = served.count;
    const Scalar* coefficient = served.coefficients;
    Scalar* row = terms_gradient.data();
    for (Index k = 0; k <= degree; ++k, row += row_size()) {
      Row sum;
      for (Index d = 0; d < dims(); ++d) sum[d] = load(row + d * kWidth);
      const Scalar* gradient = results.data();
      for (Index t = 0; t < count; ++t, ++coefficient, gradient += row_size()) {
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
