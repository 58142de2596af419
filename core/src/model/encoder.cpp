#include "model/encoder.hpp"

#include <algorithm>
#include <cmath>

#include "lanes/lanes.hpp"
#include "lanes/row_products.hpp"
#include "model/operator.hpp"

namespace cellmnn {
namespace {

constexpr double kLeak = 0.01;         // slope of LeakyReLU below 0
constexpr double kOutputScale = 0.01;  // of the initial output layer: operators start near zero

/// z = LeakyReLU(z)
template <typename Scalar>
void activate(Scalar* z, Index size) {
  constexpr auto leak = static_cast<Scalar>(kLeak);
  Index j = 0;
  for (; j + kLanes<Scalar> <= size; j += kLanes<Scalar>) {
    const Lanes<Scalar> lanes = load(z + j);
    store<Scalar>(z + j, lanes > 0 ? lanes : lanes * leak);
  }
  for (; j < size; ++j) z[j] = z[j] > 0 ? z[j] : z[j] * leak;
}

/// delta *= LeakyReLU'(z), from the activations, which have the sign of z.
template <typename Scalar>
void multiply_by_slope(Scalar* delta, const Scalar* activation, Index size) {
  constexpr auto leak = static_cast<Scalar>(kLeak);
  Index j = 0;
  for (; j + kLanes<Scalar> <= size; j += kLanes<Scalar>) {
    const Lanes<Scalar> d = load(delta + j);
    store<Scalar>(delta + j, load(activation + j) > 0 ? d : d * leak);
  }
  for (; j < size; ++j) delta[j] *= activation[j] > 0 ? Scalar(1) : leak;
}

template <typename Scalar>
Eigen::Map<const Matrix<Scalar>> weight_of(const ParameterLayer& layer, const Vector<Scalar>& parameters) {
  return {parameters.data() + layer.weight, layer.outputs, layer.inputs};
}

template <typename Scalar>
Eigen::Map<const Eigen::Matrix<Scalar, 1, Eigen::Dynamic>> bias_of(const ParameterLayer& layer,
                                                                   const Vector<Scalar>& parameters) {
  return {parameters.data() + layer.bias, layer.outputs};
}

/// affine(l, in, out): out (B, outputs) = in (B, inputs) W^T + b of layer l.
template <typename Scalar, typename Affine>
void pass_through(std::size_t layers, PerceptronPass<Scalar>& pass, Index begin, Index count,
                  const Affine& affine) {
  for (std::size_t l = 0; l < layers; ++l) {
    const auto in = pass.layer[l].middleRows(begin, count);
    auto out = pass.layer[l + 1].middleRows(begin, count);
    affine(l, in, out);
    if (l + 1 < layers) activate(out.data(), out.size());
  }
}

}  // namespace

PerceptronShape encoder_shape(const ModelConfig& config) {
  return {config.dims + 1, config.width, config.depth, operator_shape(config).outputs()};
}

template <typename Scalar>
Vector<Scalar> Encoder<Scalar>::initial_parameters(Rng& rng) const {
  Vector<Scalar> parameters = Vector<Scalar>::Zero(parameter_count());
  for (const Layer& layer : layers()) {
    const bool last = &layer == &layers().back();
    const double scale =
        (last ? kOutputScale : std::sqrt(2.0)) / std::sqrt(static_cast<double>(layer.inputs));
    for (Index i = layer.weight; i < layer.bias; ++i)
      parameters(i) = static_cast<Scalar>(scale * rng.normal());
  }
  return parameters;
}

template <typename Scalar>
void Encoder<Scalar>::pack(const Vector<Scalar>& parameters, EncoderWeights<Scalar>& weights) const {
  weights.parameters = &parameters;
  weights.forward.resize(layers().size());
  weights.backward.resize(layers().size());
  for (std::size_t l = 0; l < layers().size(); ++l) {
    const auto weight = weight_of(layers()[l], parameters);
    weights.forward[l].pack_transposed(weight);
    if (l > 0) weights.backward[l].pack(weight);
  }
}

template <typename Scalar>
void Encoder<Scalar>::forward(const EncoderWeights<Scalar>& weights, Pass& pass, Index begin,
                              Index count) const {
  pass_through(layers().size(), pass, begin, count, [&](std::size_t l, const auto& in, auto& out) {
    out.rowwise() = bias_of(layers()[l], *weights.parameters);
    weights.forward[l].add_product(in, out);
  });
}

template <typename Scalar>
void Encoder<Scalar>::predict(const Vector<Scalar>& parameters, Pass& pass, Index begin, Index count) const {
  pass_through(layers().size(), pass, begin, count, [&](std::size_t l, const auto& in, auto& out) {
    const auto weight = weight_of(layers()[l], parameters);
    const auto bias = bias_of(layers()[l], parameters);
#ifdef __wasm_simd128__
    row_products(in.data(), in.rows(), weight.data(), weight.rows(), weight.cols(), out.data());
    out.rowwise() += bias;
#else
    out.rowwise() = bias;
    out.noalias() += in * weight.transpose();
#endif
  });
}

template <typename Scalar>
void Encoder<Scalar>::backward(const EncoderWeights<Scalar>& weights, Pass& pass, Index begin,
                               Index count) const {
  for (std::size_t l = layers().size() - 1; l > 0; --l) {
    auto delta = pass.delta[l].middleRows(begin, count);
    delta.setZero();
    weights.backward[l].add_product(pass.delta[l + 1].middleRows(begin, count), delta);
    multiply_by_slope(delta.data(), pass.layer[l].row(begin).data(), count * layers()[l].inputs);
  }
}

template <typename Scalar>
void Encoder<Scalar>::gradient(const Pass& pass, const Layer& layer, Index begin, Index count,
                               Vector<Scalar>& gradient) const {
  const auto l = static_cast<std::size_t>(&layer - layers().data());
  const auto input = pass.layer[l].middleRows(begin, count);
  const auto delta = pass.delta[l + 1].middleRows(begin, count);
  Eigen::Map<Matrix<Scalar>> weight(gradient.data() + layer.weight, layer.outputs, layer.inputs);
  Eigen::Map<Eigen::Matrix<Scalar, 1, Eigen::Dynamic>> bias(gradient.data() + layer.bias, layer.outputs);
  weight.noalias() = delta.transpose() * input;
  bias = delta.colwise().sum();
}

template class Encoder<float>;
template class Encoder<double>;

}  // namespace cellmnn
