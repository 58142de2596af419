#include "baselines/velocity_network.hpp"

#include <cmath>

#include "lanes/lanes.hpp"

namespace cellmnn {
namespace {

constexpr double kSeluScale = 1.0507009873554804934193349852946;
constexpr double kSeluAlpha = 1.6732632423543772848170429916717;

template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> selu(const Lanes<Scalar>& z) {
  constexpr auto scale = static_cast<Scalar>(kSeluScale);
  constexpr auto negative_scale = static_cast<Scalar>(kSeluScale * kSeluAlpha);
  const Lanes<Scalar> exponential = exp_nonpositive<Scalar>(z < 0 ? z : Lanes<Scalar>{});
  return z > 0 ? z * scale : (exponential - 1) * negative_scale;
}

/// SELU'(z), from the activation, which has the sign of z.
template <typename Scalar>
CELLMNN_INLINE Lanes<Scalar> selu_slope(const Lanes<Scalar>& activation) {
  constexpr auto scale = static_cast<Scalar>(kSeluScale);
  constexpr auto negative_scale = static_cast<Scalar>(kSeluScale * kSeluAlpha);
  return activation > 0 ? broadcast(scale) : activation + negative_scale;
}

/// values[i] = f(values[i], others[i]) on whole registers; the last one is filled up with zeros.
template <typename Scalar, typename F>
CELLMNN_INLINE void transform(Scalar* values, const Scalar* others, Index size, const F& f) {
  Index i = 0;
  for (; i + kLanes<Scalar> <= size; i += kLanes<Scalar>) {
    store<Scalar>(values + i, f(load(values + i), load(others + i)));
  }
  if (i == size) return;
  Lanes<Scalar> value{}, other{};
  for (Index j = 0; j < size - i; ++j) {
    value[j] = values[i + j];
    other[j] = others[i + j];
  }
  const Lanes<Scalar> result = f(value, other);
  for (Index j = 0; j < size - i; ++j) values[i + j] = result[j];
}

template <typename Scalar>
using RowVector = Eigen::Matrix<Scalar, 1, Eigen::Dynamic>;

}  // namespace

template <typename Scalar>
Vector<Scalar> VelocityNetwork<Scalar>::initial_parameters(Rng& rng) const {
  Vector<Scalar> parameters(parameter_count());
  for (const Layer& layer : layers()) {
    const double bound = 1 / std::sqrt(static_cast<double>(layer.inputs));
    for (Index i = layer.weight; i < layer.bias + layer.outputs; ++i) {
      parameters(i) = static_cast<Scalar>(bound * (2 * rng.uniform() - 1));
    }
  }
  return parameters;
}

template <typename Scalar>
void VelocityNetwork<Scalar>::forward(const Vector<Scalar>& parameters, Pass& pass) const {
  for (std::size_t l = 0; l < layers().size(); ++l) {
    const auto [inputs, outputs, weight_at, bias_at] = layers()[l];
    const Eigen::Map<const Matrix<Scalar>> weight(parameters.data() + weight_at, outputs, inputs);
    const Eigen::Map<const RowVector<Scalar>> bias(parameters.data() + bias_at, outputs);
    Matrix<Scalar>& out = pass.layer[l + 1];
    out.noalias() = pass.layer[l] * weight.transpose();
    out.rowwise() += bias;
    if (l + 1 == layers().size()) continue;
    transform(out.data(), out.data(), out.size(),
              [](const Lanes<Scalar>& z, const Lanes<Scalar>&) { return selu<Scalar>(z); });
  }
}

template <typename Scalar>
void VelocityNetwork<Scalar>::backward(const Vector<Scalar>& parameters, Pass& pass,
                                       Vector<Scalar>& gradient) const {
  gradient.resize(parameter_count());
  for (std::size_t l = layers().size(); l-- > 0;) {
    const auto [inputs, outputs, weight_at, bias_at] = layers()[l];
    const Matrix<Scalar>& delta = pass.delta[l + 1];
    Eigen::Map<Matrix<Scalar>>(gradient.data() + weight_at, outputs, inputs).noalias() =
        delta.transpose() * pass.layer[l];
    Eigen::Map<RowVector<Scalar>>(gradient.data() + bias_at, outputs) = delta.colwise().sum();
    if (l == 0) continue;
    const Eigen::Map<const Matrix<Scalar>> weight(parameters.data() + weight_at, outputs, inputs);
    Matrix<Scalar>& below = pass.delta[l];
    below.noalias() = delta * weight;
    transform(below.data(), pass.layer[l].data(), below.size(),
              [](const Lanes<Scalar>& d, const Lanes<Scalar>& activation) {
                return d * selu_slope<Scalar>(activation);
              });
  }
}

template class VelocityNetwork<float>;
template class VelocityNetwork<double>;

}  // namespace cellmnn
