#include "model/operator.hpp"

#include <algorithm>

namespace cellmnn {
namespace {

template <typename Scalar>
void copy_features(const FieldView<const Scalar>& from, Index features, const FieldView<Scalar>& to) {
  for (Index f = 0; f < features; ++f) std::copy_n(from.row(f), from.cells, to.row(f));
}

}  // namespace

OperatorShape operator_shape(const ModelConfig& config) {
  return {config.operator_kind,  config.dims,   config.zero_eigenvalues,
          config.operator_bound, config.affine, config.mass};
}

template <typename Scalar>
Operator<Scalar>::Operator(OperatorShape shape)
    : shape_(shape), eigen_(shape.dims, shape.zero_eigenvalues), bound_(shape.dims, shape.bound) {}

template <typename Scalar>
Scalar Operator<Scalar>::forward(const FieldView<const Scalar>& output, const FieldView<Scalar>& a) {
  Scalar det_penalty = 0;
  if (shape_.kind == OperatorKind::dense) {
    copy_features(output, shape_.dims * shape_.dims, a);
  } else {
    det_penalty = eigen_.forward(output, a);
  }
  if (bound_.is_set()) bound_.forward(a);
  return det_penalty;
}

template <typename Scalar>
void Operator<Scalar>::backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& a_gradient,
                                Scalar det_weight, const FieldView<Scalar>& output_gradient) {
  const FieldView<const Scalar> gradient = bound_.is_set() ? bound_.backward(a, a_gradient) : a_gradient;
  if (shape_.kind == OperatorKind::dense) {
    copy_features(gradient, shape_.dims * shape_.dims, output_gradient);
  } else {
    eigen_.backward(gradient, det_weight, output_gradient);
  }
}

template class Operator<float>;
template class Operator<double>;

}  // namespace cellmnn
