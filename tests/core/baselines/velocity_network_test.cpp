#include "baselines/velocity_network.hpp"

#include <cmath>

#include "catch.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::check_gradient;
using cellmnn::testing::random_matrix;

namespace {

double selu(double z) { return 1.0507009873554805 * (z > 0 ? z : 1.6732632423543773 * std::expm1(z)); }

Matrix<double> slow_forward(const PerceptronShape& shape, const Vector<double>& parameters,
                            Matrix<double> h) {
  const double* next = parameters.data();
  for (Index l = 0; l <= shape.depth; ++l) {
    const Index outputs = l < shape.depth ? shape.width : shape.outputs;
    const Eigen::Map<const Matrix<double>> weight(next, outputs, h.cols());
    const Eigen::Map<const Vector<double>> bias(next + weight.size(), outputs);
    next += weight.size() + outputs;
    h = ((h * weight.transpose()).rowwise() + bias.transpose()).eval();
    if (l < shape.depth) h = h.unaryExpr(&selu).eval();
  }
  return h;
}

template <typename Scalar>
typename VelocityNetwork<Scalar>::Pass pass_of(const VelocityNetwork<Scalar>& network,
                                               const Matrix<Scalar>& input) {
  typename VelocityNetwork<Scalar>::Pass pass;
  network.resize(pass, input.rows());
  pass.layer[0] = input;
  return pass;
}

}  // namespace

TEST_CASE("the published network has its number of parameters", "[velocity_network][flow_matching]") {
  CHECK(VelocityNetwork<float>({6, 64, 3, 5}).parameter_count() ==
        6 * 64 + 64 + 2 * (64 * 64 + 64) + 64 * 5 + 5);
}

TEST_CASE("initial weights and biases fill +-1 / sqrt(inputs)", "[velocity_network][flow_matching]") {
  const VelocityNetwork<double> network({4, 100, 1, 3});
  Rng rng(1);
  const Vector<double> parameters = network.initial_parameters(rng);
  const auto check_layer = [](const auto& values, double bound) {
    CHECK(values.cwiseAbs().maxCoeff() <= bound);
    CHECK(values.maxCoeff() > 0.95 * bound);
    CHECK(values.minCoeff() < -0.95 * bound);
    CHECK(std::abs(values.mean()) < 0.1 * bound);
  };
  check_layer(parameters.head(500), 0.5);
  check_layer(parameters.tail(303), 0.1);
}

TEST_CASE("forward agrees with a plain network, backward is its gradient",
          "[velocity_network][flow_matching][gradient]") {
  for (const PerceptronShape shape : {PerceptronShape{4, 10, 3, 3}, PerceptronShape{2, 1, 1, 1}}) {
    const VelocityNetwork<double> network(shape);
    Rng rng(3);
    Vector<double> parameters = 2 * network.initial_parameters(rng);
    const Matrix<double> input = random_matrix(5, shape.inputs, 5);
    const Matrix<double> weights = random_matrix(5, shape.outputs, 6);
    auto pass = pass_of(network, input);
    network.forward(parameters, pass);
    CHECK((pass.layer.back() - slow_forward(shape, parameters, input)).norm() <= 1e-12);

    pass.delta.back() = weights;
    Vector<double> gradient;
    network.backward(parameters, pass, gradient);
    const auto value = [&] { return slow_forward(shape, parameters, input).cwiseProduct(weights).sum(); };
    REQUIRE(gradient.size() == parameters.size());
    check_gradient(parameters.data(), parameters.size(), gradient.data(), value);
  }
}

TEST_CASE("a pass without cells has gradient 0", "[velocity_network][flow_matching]") {
  const VelocityNetwork<float> network({3, 64, 3, 2});
  Rng rng(3);
  const Vector<float> parameters = network.initial_parameters(rng);
  auto pass = pass_of(network, Matrix<float>(0, 3));
  network.forward(parameters, pass);
  Vector<float> gradient = Vector<float>::Constant(network.parameter_count(), 1);
  network.backward(parameters, pass, gradient);
  CHECK(gradient.isZero(0));
}

TEST_CASE("large inputs stay finite in float", "[velocity_network][flow_matching]") {
  const VelocityNetwork<float> network({3, 64, 3, 2});
  Rng rng(3);
  const Vector<float> parameters = network.initial_parameters(rng);
  auto pass = pass_of(network, Matrix<float>(Matrix<float>::Constant(7, 3, -1e6F)));
  network.forward(parameters, pass);
  CHECK(pass.layer.back().allFinite());
}
