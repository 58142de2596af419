#include "model/encoder.hpp"

#include "catch.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::check_gradient;
using cellmnn::testing::random_matrix;

namespace {

Matrix<double> slow_forward(const Encoder<double>& encoder, const Vector<double>& parameters,
                            Matrix<double> h) {
  for (const auto& layer : encoder.layers()) {
    const Eigen::Map<const Matrix<double>> weight(parameters.data() + layer.weight, layer.outputs,
                                                  layer.inputs);
    Matrix<double> z = h * weight.transpose();
    z.rowwise() += parameters.segment(layer.bias, layer.outputs).transpose();
    const bool last = &layer == &encoder.layers().back();
    h = last ? z : z.unaryExpr([](double v) { return v > 0 ? v : 0.01 * v; });
  }
  return h;
}

}  // namespace

TEST_CASE("the paper's sizes have the paper's number of parameters", "[encoder]") {
  CHECK(Encoder<float>({6, 96, 4, 25}).parameter_count() == 31033);
  CHECK(Encoder<float>({6, 96, 4, 30}).parameter_count() == 31518);
}

TEST_CASE("initial parameters have the spread of Kaiming and biases of 0", "[encoder]") {
  const Encoder<double> encoder({6, 200, 2, 25});
  Rng rng(1);
  const Vector<double> parameters = encoder.initial_parameters(rng);
  const auto spread = [&](const Encoder<double>::Layer& layer) {
    return std::sqrt(parameters.segment(layer.weight, layer.inputs * layer.outputs).squaredNorm() /
                     static_cast<double>(layer.inputs * layer.outputs));
  };
  const auto& layers = encoder.layers();
  CHECK(spread(layers[0]) == Approx(std::sqrt(2.0 / 6)).epsilon(0.1));
  CHECK(spread(layers[1]) == Approx(std::sqrt(2.0 / 200)).epsilon(0.03));
  CHECK(spread(layers[2]) == Approx(0.01 * std::sqrt(1.0 / 200)).epsilon(0.05));
  for (const auto& layer : layers) CHECK(parameters.segment(layer.bias, layer.outputs).isZero(0));
}

TEST_CASE("forward in blocks agrees with a plain network, backward is its gradient", "[encoder][gradient]") {
  const Encoder<double> encoder({4, 50, 2, 7});
  Rng rng(3);
  Vector<double> parameters =
      encoder.initial_parameters(rng) + 0.1 * random_matrix(encoder.parameter_count(), 1, 4);
  const Matrix<double> input = random_matrix(5, 4, 5), weights = random_matrix(5, 7, 6);

  Encoder<double>::Pass pass;
  encoder.resize(pass, 5);
  pass.layer[0] = input;
  EncoderWeights<double> packed;
  encoder.pack(parameters, packed);
  encoder.forward(packed, pass, 0, 3);
  encoder.forward(packed, pass, 3, 2);
  CHECK((pass.layer.back() - slow_forward(encoder, parameters, input)).norm() <= 1e-12);
  const Matrix<double> trained = pass.layer.back();
  encoder.predict(parameters, pass, 0, 5);
  CHECK((pass.layer.back() - trained).norm() <= 1e-12);

  pass.delta.back() = weights;
  encoder.backward(packed, pass, 0, 4);
  encoder.backward(packed, pass, 4, 1);
  Vector<double> gradient = Vector<double>::Constant(parameters.size(), std::nan(""));
  for (const auto& layer : encoder.layers()) encoder.gradient(pass, layer, 0, pass.layer[0].rows(), gradient);
  const auto value = [&] { return slow_forward(encoder, parameters, input).cwiseProduct(weights).sum(); };
  check_gradient(parameters.data(), parameters.size(), gradient.data(), value);
}
