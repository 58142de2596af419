#include "baselines/linear_model.hpp"

#include <cmath>

#include "catch.hpp"
#include "cellmnn/trainer.hpp"
#include "gradient_check.hpp"
#include "model/operator.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

TrainOptions small_options() {
  TrainOptions options;
  options.model.dims = 2;
  options.steps = 400;
  options.batch = 60;
  options.learning_rate = 1e-2;
  return options;
}

}  // namespace

TEST_CASE("the linear model learns one operator that depends on neither cell nor time", "[linear_model]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1, 2, 3}, 80, 2);
  Trainer trainer(data, linear_model(small_options()), executor);
  const double first = trainer.reported_step().loss;
  while (trainer.steps_done() < 399) trainer.step();
  CHECK(trainer.reported_step().loss < 0.9 * first);

  Matrix<float> cells(3, 2);
  cells << 0, 0, 10, 20, -5, 7;
  const CellMnn model = trainer.model();
  const Tensor3<float> operators = model.operators(cells, Vector<double>::LinSpaced(3, 0, 3), executor);
  const Eigen::Map<const Matrix<float>> a(operators.data(), 3, 4);
  CHECK(a.row(0).norm() > 0.05F);
  CHECK(a.row(1) == a.row(0));
  CHECK(a.row(2) == a.row(0));
}

TEST_CASE("the linear model has an offset, so that it learns to drift", "[linear_model]") {
  SerialExecutor executor;
  const Matrix<float> cells = cellmnn::testing::random_matrix(80, 2, 3).cast<float>();
  TimeCourse data;
  for (int k = 0; k < 3; ++k) {
    Matrix<float> moved = cells;
    moved.col(0).array() += 3.0F * static_cast<float>(k);
    data.snapshots.push_back({static_cast<double>(k), "", moved, {}});
  }
  TrainOptions options = linear_model(small_options());
  CHECK(options.model.affine);
  options.steps = 1500;
  options.lambda_kinetic = 0;
  Trainer trainer(data, options, executor);
  while (!trainer.done()) trainer.step();
  const Matrix<float> end =
      trainer.model().predict_at(cells, Vector<double>::Zero(cells.rows()), 1, executor);
  const Eigen::RowVector2f drift = end.colwise().mean() - cells.colwise().mean();
  CHECK(std::abs(drift(0) - 3) < 0.3F);
  CHECK(std::abs(drift(1)) < 0.3F);
}

TEST_CASE("the linear model trains one A and one b, for both kinds of operators", "[linear_model]") {
  SerialExecutor executor;
  TrainOptions options = small_options();
  options.steps = 5;
  for (const OperatorKind kind : {OperatorKind::dense, OperatorKind::eigen}) {
    options.model.operator_kind = kind;
    Trainer trainer(turning_cloud({0, 1, 3}, 40, 2), linear_model(options), executor);
    while (!trainer.done()) trainer.step();
    const Vector<float> parameters = trainer.model().parameters;
    const OperatorShape shape = operator_shape(linear_model(options).model);
    const Index trained = shape.outputs();
    CHECK(trained == shape.offset_row() + 2);
    CHECK(parameters.head(parameters.size() - trained).isZero(0));
    CHECK(!parameters.tail(trained).head(shape.offset_row()).isZero(0));
    CHECK(!parameters.tail(2).isZero(0));
  }
}
