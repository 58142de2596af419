#include "model/eigen_operator.hpp"

#include <algorithm>

#include "lanes/lanes.hpp"

namespace cellmnn {
namespace {

constexpr double kDetFloor = 1e-4;

/// Inverse and determinant of one register of (D, D) matrices by Gauss-Jordan elimination. The pivot
/// of each cell is brought up by conditional swaps of rows. `work`: (D, 2D, lanes).
template <typename Scalar>
Lanes<Scalar> invert(const FieldView<const Scalar>& p, Index dims, Index cell, Scalar* work,
                     const FieldView<Scalar>& inverse) {
  using V = Lanes<Scalar>;
  const auto at = [&](Index r, Index c) { return work + (r * 2 * dims + c) * kLanes<Scalar>; };
  for (Index r = 0; r < dims; ++r) {
    for (Index c = 0; c < dims; ++c) {
      store<Scalar>(at(r, c), load(p.row(r * dims + c) + cell));
      store<Scalar>(at(r, dims + c), broadcast(r == c ? Scalar(1) : Scalar(0)));
    }
  }
  V det = broadcast(Scalar(1));
  for (Index k = 0; k < dims; ++k) {
    for (Index r = k + 1; r < dims; ++r) {
      const auto swap = abs_lanes<Scalar>(load(at(r, k))) > abs_lanes<Scalar>(load(at(k, k)));
      det = swap ? -det : det;
      for (Index c = k; c < 2 * dims; ++c) {
        const V upper = load(at(k, c)), lower = load(at(r, c));
        store<Scalar>(at(k, c), swap ? lower : upper);
        store<Scalar>(at(r, c), swap ? upper : lower);
      }
    }
    const V pivot = load(at(k, k));
    det *= pivot;
    const V scale = Scalar(1) / pivot;
    for (Index c = k; c < 2 * dims; ++c) store<Scalar>(at(k, c), load(at(k, c)) * scale);
    for (Index r = 0; r < dims; ++r) {
      if (r == k) continue;
      const V factor = load(at(r, k));
      for (Index c = k; c < 2 * dims; ++c) {
        store<Scalar>(at(r, c), load(at(r, c)) - factor * load(at(k, c)));
      }
    }
  }
  for (Index r = 0; r < dims; ++r) {
    for (Index c = 0; c < dims; ++c) store<Scalar>(inverse.row(r * dims + c) + cell, load(at(r, dims + c)));
  }
  return det;
}

}  // namespace

template <typename Scalar>
EigenOperator<Scalar>::EigenOperator(Index dims, Index zero_eigenvalues)
    : dims_(dims), free_(dims - zero_eigenvalues) {}

template <typename Scalar>
Scalar EigenOperator<Scalar>::forward(const FieldView<const Scalar>& output, const FieldView<Scalar>& a) {
  using V = Lanes<Scalar>;
  const Index dims = dims_;
  lambda_.resize(dims, output.cells);
  p_.resize(dims * dims, output.cells);
  p_inverse_.resize(dims * dims, output.cells);
  det_.resize(1, output.cells);
  const Index free = free_;
  for (Index d = 0; d < free; ++d) std::copy_n(output.row(d), output.cells, lambda_.row(d));
  for (Index r = 0; r < dims; ++r) {
    for (Index c = 0; c < dims; ++c) {
      const Scalar identity = r == c ? Scalar(1) : Scalar(0);
      const Scalar* e = output.row(free + r * dims + c);
      Scalar* p = p_.row(r * dims + c);
      for (Index i = 0; i < output.cells; ++i) p[i] = identity + e[i];
      std::fill(p + output.cells, p + padded(output.cells), identity);  // padding stays invertible
    }
  }

  work_.resize(2 * dims * dims * kLanes<Scalar>);
  const FieldView<const Scalar> p = p_.view();
  const FieldView<Scalar> q = p_inverse_.view();
  V penalty{};
  for (Index cell = 0; cell < output.cells; cell += kLanes<Scalar>) {
    const V det = invert<Scalar>(p, dims, cell, work_.data(), q);
    store<Scalar>(det_.row(0) + cell, det);
    const V inverse_det = Scalar(1) / (abs_lanes<Scalar>(det) + static_cast<Scalar>(kDetFloor));
    penalty += inverse_det * first_lanes<Scalar>(output.cells - cell);
    // A_rc = sum_k (P^-T)_rk lambda_k (P^T)_kc = sum_k (P^-1)_kr lambda_k P_ck
    V scaled[kMaxDims];
    for (Index r = 0; r < dims; ++r) {
      for (Index k = 0; k < free; ++k)
        scaled[k] = load(q.row(k * dims + r) + cell) * load(lambda_.row(k) + cell);
      for (Index c = 0; c < dims; ++c) {
        V sum{};
        for (Index k = 0; k < free; ++k) sum += scaled[k] * load(p.row(c * dims + k) + cell);
        store<Scalar>(a.row(r * dims + c) + cell, sum);
      }
    }
  }
  return sum_lanes<Scalar>(penalty);
}

template <typename Scalar>
void EigenOperator<Scalar>::backward(const FieldView<const Scalar>& a_gradient, Scalar det_weight,
                                     const FieldView<Scalar>& output_gradient) {
  using V = Lanes<Scalar>;
  const Index dims = dims_;
  // With Q = P^-T, G = dL/dA:  A = Q diag(lambda) P^T,  dQ = -Q dP^T Q,  so
  //   dL/dlambda_k = (Q^T G P)_kk
  //   dL/dP        = G^T Q diag(lambda) - Q (G P diag(lambda))^T Q - w |det| / (|det| + floor)^2 Q
  const Index free = free_;
  const auto gp = [&](Index r, Index c) { return work_.data() + (r * dims + c) * kLanes<Scalar>; };
  const auto product = [&](Index r, Index c) { return gp(dims + r, c); };
  for (Index cell = 0; cell < a_gradient.cells; cell += kLanes<Scalar>) {
    const auto g = [&](Index r, Index c) { return load(a_gradient.row(r * dims + c) + cell); };
    const auto p = [&](Index r, Index c) { return load(p_.row(r * dims + c) + cell); };
    const auto q = [&](Index r, Index c) { return load(p_inverse_.row(c * dims + r) + cell); };
    const auto lambda = [&](Index k) { return load(lambda_.row(k) + cell); };
    for (Index k = 0; k < dims; ++k) {
      V lambda_gradient{};
      for (Index r = 0; r < dims; ++r) {
        V sum{};
        for (Index c = 0; c < dims; ++c) sum += g(r, c) * p(c, k);
        lambda_gradient += q(r, k) * sum;
        store<Scalar>(gp(r, k), sum * lambda(k));  // (G P diag(lambda))_rk
      }
      if (k < free) store<Scalar>(output_gradient.row(k) + cell, lambda_gradient);
    }
    // product = (G P diag(lambda))^T Q
    for (Index r = 0; r < dims; ++r) {
      for (Index c = 0; c < dims; ++c) {
        V sum{};
        for (Index k = 0; k < dims; ++k) sum += load(gp(k, r)) * q(k, c);
        store<Scalar>(product(r, c), sum);
      }
    }
    const V det = abs_lanes<Scalar>(load(det_.row(0) + cell));
    const V shifted = det + static_cast<Scalar>(kDetFloor);
    const V det_slope = det * det_weight / (shifted * shifted);
    for (Index r = 0; r < dims; ++r) {
      for (Index c = 0; c < dims; ++c) {
        V first{}, second{};
        for (Index k = 0; k < dims; ++k) {
          first += g(k, r) * q(k, c);
          second += q(r, k) * load(product(k, c));
        }
        store<Scalar>(output_gradient.row(free + r * dims + c) + cell,
                      first * lambda(c) - second - det_slope * q(r, c));
      }
    }
  }
}

template class EigenOperator<float>;
template class EigenOperator<double>;

}  // namespace cellmnn
