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

/// row = LeakyReLU(row + bias), with slope 1 for the identity.
template <typename Scalar>
void add_bias_and_activate(Scalar* row, const Scalar* bias, Index size, Scalar slope) {
  Index j = 0;
  for (; j + kLanes<Scalar> <= size; j += kLanes<Scalar>) {
    const Lanes<Scalar> z = load(row + j) + load(bias + j);
    store<Scalar>(row + j, z > 0 ? z : z * slope);
  }
  for (; j < size; ++j) {
    const Scalar z = row[j] + bias[j];
    row[j] = z > 0 ? z : z * slope;
  }
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
using WeightView = Eigen::Map<const Matrix<Scalar>>;

constexpr auto eigen_product = [](const auto& in, const auto& weight, auto& out) {
  out.noalias() = in * weight.transpose();
};

/// `product` gives in (B, inputs) times the transpose of weight (outputs, inputs).
template <typename Scalar, typename Product>
void pass_through(const std::vector<ParameterLayer>& layers, const Vector<Scalar>& parameters,
                  PerceptronPass<Scalar>& pass, Index begin, Index count, const Product& product) {
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const ParameterLayer& layer = layers[l];
    const WeightView<Scalar> weight(parameters.data() + layer.weight, layer.outputs, layer.inputs);
    const Scalar* bias = parameters.data() + layer.bias;
    const auto in = pass.layer[l].middleRows(begin, count);
    auto out = pass.layer[l + 1].middleRows(begin, count);
    product(in, weight, out);
    const Scalar slope = l + 1 < layers.size() ? static_cast<Scalar>(kLeak) : Scalar(1);
    for (Index i = 0; i < count; ++i) add_bias_and_activate(out.row(i).data(), bias, layer.outputs, slope);
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
void Encoder<Scalar>::forward(const Vector<Scalar>& parameters, Pass& pass, Index begin, Index count) const {
  pass_through(layers(), parameters, pass, begin, count, eigen_product);
}

template <typename Scalar>
void Encoder<Scalar>::predict(const Vector<Scalar>& parameters, Pass& pass, Index begin, Index count) const {
#ifdef __wasm_simd128__
  pass_through(layers(), parameters, pass, begin, count, [](const auto& in, const auto& weight, auto& out) {
    row_products(in.data(), in.rows(), weight.data(), weight.rows(), weight.cols(), out.data());
  });
#else
  forward(parameters, pass, begin, count);
#endif
}

template <typename Scalar>
void Encoder<Scalar>::backward(const Vector<Scalar>& parameters, Pass& pass, Index begin, Index count) const {
  for (std::size_t l = layers().size() - 1; l > 0; --l) {
    const Layer& layer = layers()[l];
    const WeightView<Scalar> weight(parameters.data() + layer.weight, layer.outputs, layer.inputs);
    auto delta = pass.delta[l].middleRows(begin, count);
    delta.noalias() = pass.delta[l + 1].middleRows(begin, count) * weight;
    multiply_by_slope(delta.data(), pass.layer[l].row(begin).data(), count * layer.inputs);
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
