#include "cellmnn/future_clouds.hpp"

#include <cmath>

#include "catch.hpp"
#include "drifting_model.hpp"
#include "error_matcher.hpp"
#include "fates/fate_step.hpp"
#include "reversed_executor.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;
using cellmnn::testing::turning_cloud;

TEST_CASE("a cloud has the mean that the transitions give", "[clouds]") {
  const TimeCourse data = turning_cloud({0, 1, 2}, 90);
  const CellMnn model = testing::drifting(Vector<double>::Constant(3, 0.1), {0, 1, 2});
  SerialExecutor executor;
  CloudOptions options;
  options.size = 400;
  const std::vector<Matrix<Index>> clouds = future_clouds(data, 0, options, &model, executor);
  REQUIRE(clouds.size() == 2);
  const FateSpace space(data);
  Matrix<double> expected = data.snapshots[2].cells.cast<double>();
  for (const std::size_t s : {std::size_t{1}, std::size_t{0}}) {
    const FateOptions steps{options.starts, options.bandwidth * std::sqrt(static_cast<double>(s + 1)), 0,
                            options.most_later, 0};
    expected = FateStep(data, s, space, steps, &model, executor).of_later(expected, executor);
  }
  double difference = 0;
  for (Index i = 0; i < 90; ++i) {
    Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(3);
    for (const Index j : clouds[1].row(i)) mean += data.snapshots[2].cells.row(j).cast<double>() / 400;
    difference = std::max(difference, (mean - expected.row(i)).cwiseAbs().maxCoeff());
  }
  CHECK(difference < 0.06);  // 0.3 / sqrt(400) of draws that are not spread, four times
}

TEST_CASE("clouds depend on the seed and not on the order of work", "[clouds]") {
  const TimeCourse data = turning_cloud({0, 1, 2}, 200);
  SerialExecutor serial;
  ReversedExecutor reversed;
  CloudOptions options;
  const auto one = future_clouds(data, 0, options, nullptr, serial);
  CHECK(one == future_clouds(data, 0, options, nullptr, reversed));
  options.seed = 1;
  CHECK(one != future_clouds(data, 0, options, nullptr, serial));
  options.most_later = 10;
  CHECK(future_clouds(data, 1, options, nullptr, serial).size() == 1);
}

TEST_CASE("what is known of places is nothing for the population and all for a point", "[clouds]") {
  const TimeCourse data = turning_cloud({0, 1}, 300);
  Matrix<Index> clouds(2, 3000);
  Rng rng(3);
  for (Index k = 0; k < clouds.cols(); ++k) clouds(0, k) = static_cast<Index>(rng.below(300));
  clouds.row(1).setConstant(7);
  const Vector<double> known = known_places(data, 1, clouds);
  CHECK(known(0) == Approx(0).margin(0.05));
  CHECK(known(1) == 1);
}

TEST_CASE("clouds without later cells are refused", "[clouds]") {
  const TimeCourse data = turning_cloud({0, 1});
  SerialExecutor executor;
  CHECK_THROWS_MATCHES(future_clouds(data, 1, {}, nullptr, executor), Error,
                       error_with(ErrorCode::bad_input, {"no snapshot is later"}));
  CloudOptions none;
  none.size = 0;
  CHECK_THROWS_MATCHES(future_clouds(data, 0, none, nullptr, executor), Error,
                       error_with(ErrorCode::bad_input, {"expected 1 or more"}));
}
