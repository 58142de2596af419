#include "cellmnn/soft_maps.hpp"

#include "catch.hpp"
#include "drifting_model.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;
using cellmnn::testing::turning_cloud;

namespace {

Matrix<double> dense(const SparseMatrix& sparse) {
  Matrix<double> result = Matrix<double>::Zero(sparse.rows, sparse.columns);
  for (Index i = 0; i < sparse.rows; ++i) {
    sparse.for_row(i, [&](Index j, float value) { result(i, j) = static_cast<double>(value); });
  }
  return result;
}

}  // namespace

TEST_CASE("products of maps give the fates, but for what they leave out", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1, 3}, 120, 7);
  const CellMnn model = testing::drifting(Vector<double>::Constant(3, 0.2), {0, 1, 3});
  KnownFates known{{"low", "high"}, std::vector<std::vector<int>>(3, std::vector<int>(120, -1))};
  const Vector<float> side = data.snapshots[2].cells.col(1);
  for (std::size_t i = 0; i < 120; ++i) {
    known.of_cells[2][i] = side(static_cast<Index>(i)) > side.mean() ? 1 : 0;
  }
  SerialExecutor executor;
  const Fates fates = fates_of(data, known, {}, &model, executor);
  const std::vector<SparseMatrix> maps = soft_maps(data, {}, &model, executor);
  REQUIRE(maps.size() == 2);
  const Matrix<double> first = dense(maps[0]), second = dense(maps[1]);
  CHECK((first.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-6);
  CHECK((first * second * fates.reached[2] - fates.reached[0]).cwiseAbs().maxCoeff() < 3 * kOmittedMass);
  CHECK(maps[0].entries() < 120 * 120);
  ReversedExecutor reversed;
  CHECK(soft_maps(data, {}, &model, reversed)[1].values == maps[1].values);
}

TEST_CASE("maps have all later cells, and leave those empty that transitions do not see", "[fates]") {
  const TimeCourse data = turning_cloud({0, 1}, 50);
  SerialExecutor executor;
  FateOptions options;
  options.most_later = 20;
  const SparseMatrix map = soft_maps(data, options, nullptr, executor).front();
  CHECK(map.columns == 50);
  CHECK((dense(map).colwise().sum().array() > 0).count() <= 20);
  CHECK_THROWS_MATCHES(soft_maps(turning_cloud({2}, 5), options, nullptr, executor), Error,
                       error_with(ErrorCode::bad_input, {"one time only (2)"}));
}
