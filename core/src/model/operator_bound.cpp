#include "model/operator_bound.hpp"

#include <cmath>
#include <utility>

#include "lanes/lanes.hpp"

namespace cellmnn {

template <typename Scalar>
OperatorBound<Scalar>::OperatorBound(Index dims, double bound) : features_(dims * dims), bound_(bound) {}

template <typename Scalar>
void OperatorBound<Scalar>::forward(const FieldView<Scalar>& a) {
  using V = Lanes<Scalar>;
  scale_.resize(1, a.cells);
  const auto per_square = static_cast<Scalar>(1 / (bound_ * bound_));
  for (Index cell = 0; cell < a.cells; cell += kLanes<Scalar>) {
    V square{};
    for (Index f = 0; f < features_; ++f) {
      const V value = load(a.row(f) + cell);
      square += value * value;
    }
    V scale{};
    for (Index i = 0; i < kLanes<Scalar>; ++i) scale[i] = 1 / std::sqrt(1 + square[i] * per_square);
    store<Scalar>(scale_.row(0) + cell, scale);
    for (Index f = 0; f < features_; ++f) {
      store<Scalar>(a.row(f) + cell, load(a.row(f) + cell) * scale);
    }
  }
}

template <typename Scalar>
FieldView<const Scalar> OperatorBound<Scalar>::backward(const FieldView<const Scalar>& a,
                                                        const FieldView<const Scalar>& a_gradient) {
  // A = s R with s = (1 + |R|^2 / beta^2)^(-1/2):  dL/dR = s G - (s / beta^2) <A, G> A.
  using V = Lanes<Scalar>;
  gradient_.resize(features_, a.cells);
  const auto per_square = static_cast<Scalar>(1 / (bound_ * bound_));
  for (Index cell = 0; cell < a.cells; cell += kLanes<Scalar>) {
    V product{};
    for (Index f = 0; f < gradient_.features(); ++f) {
      product += load(a.row(f) + cell) * load(a_gradient.row(f) + cell);
    }
    product *= per_square;
    const V scale = load(scale_.row(0) + cell);
    for (Index f = 0; f < gradient_.features(); ++f) {
      store<Scalar>(gradient_.row(f) + cell,
                    scale * (load(a_gradient.row(f) + cell) - product * load(a.row(f) + cell)));
    }
  }
  return std::as_const(gradient_).view();
}

template class OperatorBound<float>;
template class OperatorBound<double>;

}  // namespace cellmnn
