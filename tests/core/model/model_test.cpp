#include "cellmnn/model.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "gradient_check.hpp"
#include "growing_model.hpp"
#include "model/encoder.hpp"
#include "model/mass.hpp"

using namespace cellmnn;
using cellmnn::testing::growing_model;
using cellmnn::testing::random_matrix;

namespace {

CellMnn small_model(bool affine = true) {
  constexpr Index dims = 3;
  CellMnn model;
  model.config.affine = affine;
  model.config.dims = dims;
  model.config.width = 8;
  model.config.depth = 2;
  model.latent.mean = Vector<double>::Constant(dims, 5);
  model.latent.std = Vector<double>::LinSpaced(dims, 1, 2);
  model.time_scale = {1, 2};
  model.training_times = {1, 9};
  const Encoder<float> encoder(encoder_shape(model.config));
  model.parameters = random_matrix(encoder.parameter_count(), 1, 1, 0.4).cast<float>();
  return model;
}

Matrix<float> small_cells(Index n, Index dims = 3) {
  return (random_matrix(n, dims, 2).array() + 5).matrix().cast<float>();
}

Matrix<float> at(const Tensor3<float>& tensor, Index time) { return tensor.slice(time); }

}  // namespace

TEST_CASE("predict: a cell's own time gives the cell back, order and times do not matter", "[model]") {
  SerialExecutor executor;
  const CellMnn model = small_model();
  const Matrix<float> cells = small_cells(60);
  const Vector<double> t = Vector<double>::Constant(60, 3);
  const Tensor3<float> moved = model.predict(cells, t, {3, 5, 1}, executor);
  CHECK((at(moved, 0) - cells).norm() <= 1e-5F * cells.norm());
  CHECK((at(moved, 1) - cells).norm() > 0.1F);

  const Matrix<float> reversed = cells.colwise().reverse();
  const Matrix<float> back = at(model.predict(reversed, t, {1}, executor), 0).colwise().reverse();
  CHECK((back - at(moved, 2)).norm() <= 1e-5F * cells.norm());
}

TEST_CASE("predict: cells with different times are moved as if alone", "[model]") {
  SerialExecutor executor;
  const CellMnn model = small_model();
  const Matrix<float> cells = small_cells(7);
  Vector<double> t(7);
  t << 1, 3, 1, 2, 9, 3, 1;
  const Matrix<float> together = at(model.predict(cells, t, {4}, executor), 0);
  for (Index i = 0; i < 7; ++i) {
    const Matrix<float> alone = at(model.predict(cells.row(i), t.segment(i, 1), {4}, executor), 0);
    CHECK((alone - together.row(i)).norm() <= 1e-5F * together.row(i).norm());
  }
}

TEST_CASE("velocity is the derivative of predict, and without an offset A times the whitened cell",
          "[model]") {
  SerialExecutor executor;
  const bool affine = GENERATE(false, true);
  const CellMnn model = small_model(affine);
  const Matrix<float> cells = small_cells(10);
  const Vector<double> t = Vector<double>::Constant(10, 3);
  const Matrix<float> velocity = model.velocity(cells, t, executor);
  const Tensor3<float> around = model.predict(cells, t, {2.99, 3.01}, executor);
  const Matrix<float> numeric = (at(around, 1) - at(around, 0)) / 0.02F;
  CHECK((numeric - velocity).norm() <= 1e-2F * velocity.norm());
  if (affine) return;

  const Tensor3<float> a = model.operators(cells, t, executor);
  const Matrix<float> z = model.latent.whiten(cells);
  for (Index i = 0; i < 10; ++i) {
    const Vector<float> expected =
        (at(a, i) * z.row(i).transpose()).cwiseProduct(model.latent.std.cast<float>());
    CHECK((expected - velocity.row(i).transpose()).norm() <= 1e-5F * std::max(1.0F, expected.norm()));
  }
}

TEST_CASE("eigenvalues: their sum is the trace, the largest real part comes first", "[model]") {
  SerialExecutor executor;
  const CellMnn model = small_model();
  const Matrix<float> cells = small_cells(12);
  const Vector<double> t = Vector<double>::Constant(12, 3);
  const auto values = model.eigenvalues(cells, t, executor);
  const Tensor3<float> a = model.operators(cells, t, executor);
  for (Index i = 0; i < 12; ++i) {
    CHECK(std::abs(values.row(i).sum() - std::complex<float>(at(a, i).trace())) <= 1e-4F);
    CHECK(values(i, 0).real() >= values(i, 2).real());
  }
}

TEST_CASE("predict: at a training time a cell is encoded anew, forward and backward", "[model]") {
  SerialExecutor executor;
  CellMnn model = small_model();
  model.training_times = {2, 3, 3.5, 4};
  const Matrix<float> cells = small_cells(7);
  const Vector<double> t = Vector<double>::Constant(7, 3);
  const Tensor3<float> path = model.predict(cells, t, {3.9, 3.5, 3.2, 2.5, 1.9, 4.2, 4}, executor);

  // Step by step, each with the operator of its own beginning.
  const auto all_at = [](double time) { return Vector<double>::Constant(7, time).eval(); };
  const Matrix<float> next = model.predict_at(cells, t, 3.5, executor);
  const Matrix<float> last = model.predict_at(next, all_at(3.5), 4, executor);
  const Matrix<float> first = model.predict_at(cells, t, 2, executor);
  const auto near = [](const Matrix<float>& a, const Matrix<float>& b) {
    return (a - b).norm() <= 1e-5F * b.norm();
  };
  CHECK(near(at(path, 1), next));
  CHECK(near(at(path, 0), model.predict_at(next, all_at(3.5), 3.9, executor)));
  CHECK(near(at(path, 6), last));
  CHECK(near(at(path, 5), model.predict_at(last, all_at(4), 4.2, executor)));
  CHECK(near(at(path, 4), model.predict_at(first, all_at(2), 1.9, executor)));

  // One operator all the way is another path.
  CellMnn straight = model;
  straight.training_times = {3};
  CHECK_FALSE(near(at(path, 0), straight.predict_at(cells, t, 3.9, executor)));
  CHECK(near(at(path, 2), straight.predict_at(cells, t, 3.2, executor)));
  CHECK(near(at(path, 3), straight.predict_at(cells, t, 2.5, executor)));
}

TEST_CASE("weights are exp of the growth along the path, of sum 1 for the cells of one time",
          "[model][mass]") {
  SerialExecutor executor;
  const CellMnn model = growing_model(0.8);
  const Matrix<float> cells = random_matrix(120, 2, 1).cast<float>();
  Vector<double> t = Vector<double>::Zero(120);
  t.tail(50).setConstant(6);
  const std::vector<double> times = {0, 3, 5, 9};
  const Paths paths = model.paths(cells, t, times, executor);
  REQUIRE(paths.weights.rows() == 4);
  REQUIRE(paths.weights.cols() == 120);
  for (Index k = 0; k < 4; ++k) {
    CHECK((paths.positions.slice(k) - cells).norm() < 1e-5F);
    Vector<double> expected(120);
    for (Index i = 0; i < 120; ++i) {
      const double growth = 3 * std::tanh(0.8 * static_cast<double>(cells(i, 0)) / 3);
      expected(i) = std::exp(growth * (times[static_cast<std::size_t>(k)] - t(i)) / 2);
    }
    expected.head(70) /= expected.head(70).sum();
    expected.tail(50) /= expected.tail(50).sum();
    CHECK((paths.weights_at(k) - expected).cwiseAbs().maxCoeff() < 1e-6);
  }
  CellMnn plain = model;
  plain.config.mass = false;
  plain.parameters = Vector<float>::Zero(parameter_count(plain.config));
  CHECK(plain.paths(cells, t, times, executor).weights_at(1).size() == 0);
}

TEST_CASE("predict: cells that go far away are refused, or NaN for what follows from there", "[model]") {
  SerialExecutor executor;
  CellMnn model = small_model();
  model.training_times = {2, 3, 4, 5};
  Matrix<float> cells = small_cells(3);
  cells.row(1) *= 1e6F;
  const Vector<double> t = Vector<double>::Constant(3, 3);
  REQUIRE_THROWS_MATCHES(model.predict(cells, t, {4.5}, executor), Error,
                         error_with(ErrorCode::numerical, {"cell 1", "times as far"}));
  const std::vector<double> times = {3.5, 4.5, 1.5};
  const Tensor3<float> path = model.predict(cells, t, times, executor, FarAway::nan);
  for (Index k = 0; k < 3; ++k) {
    CHECK(at(path, k).row(1).array().isNaN().all());
    const std::vector<Index> near = {0, 2};
    const Matrix<float> alone =
        model.predict_at(cells(near, Eigen::all), t(near), times[static_cast<std::size_t>(k)], executor);
    CHECK((at(path, k)(near, Eigen::all) - alone).norm() <= 1e-5F * alone.norm());
  }
}

TEST_CASE("a time at which no operator is finite is refused", "[model]") {
  SerialExecutor executor;
  const CellMnn model = small_model();
  const Matrix<float> cells = small_cells(2);
  const Vector<double> t = Vector<double>::Constant(2, -1e39);
  const auto refused = error_with(ErrorCode::numerical, {"at time -1e39", "from 1 to 9"});
  CHECK_THROWS_MATCHES(model.velocity(cells, t, executor), Error, refused);
  CHECK_THROWS_MATCHES(model.operators(cells, t, executor), Error, refused);
}

TEST_CASE("a model refuses cells it does not fit, and works for none", "[model]") {
  SerialExecutor executor;
  const CellMnn model = small_model();
  const Vector<double> t = Vector<double>::Constant(4, 3);
  REQUIRE_THROWS_MATCHES(model.predict(small_cells(4, 2), t, {4}, executor), Error,
                         error_with(ErrorCode::bad_input, {"3 dimensions", "2"}));
  REQUIRE_THROWS_MATCHES(model.velocity(small_cells(5), t, executor), Error,
                         error_with(ErrorCode::bad_input, {"5 cells", "4 times"}));
  CHECK(model.predict(small_cells(0), Vector<double>(0), {4, 5}, executor).shape()[0] == 2);
}

TEST_CASE("sizes out of range are refused by the name of their option", "[model]") {
  const auto refuse = [](auto change, const char* option) {
    ModelConfig config;
    change(config);
    REQUIRE_THROWS_MATCHES(validate(config), Error, error_with(ErrorCode::usage, {option}));
  };
  refuse([](ModelConfig& c) { c.dims = 0; }, "dims");
  refuse([](ModelConfig& c) { c.dims = 101; }, "dims");
  refuse([](ModelConfig& c) { c.width = -1; }, "width");
  refuse([](ModelConfig& c) { c.depth = 0; }, "depth");
  refuse([](ModelConfig& c) { c.zero_eigenvalues = 1; }, "zero_eigenvalues");
  refuse([](ModelConfig& c) { c.operator_bound = -1; }, "operator_bound");
}
