#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "cellmnn/methods.hpp"
#include "model/mass.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

MethodOptions small_options() {
  MethodOptions options;
  options.training.model.dims = 3;
  options.training.model.width = 16;
  options.training.model.depth = 2;
  options.training.steps = 30;
  options.training.batch = 30;
  return options;
}

}  // namespace

TEST_CASE("the two-sided method trains a network for each direction, with one count of steps", "[methods]") {
  SerialExecutor executor;
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2, 3}), 2);
  MethodOptions options = small_options();
  CHECK(method_named("cellmnn-two-sided").steps(options) == 60);
  std::vector<Index> counts;
  const auto count = [&](Index done, Index total) {
    CHECK(total == 60);
    counts.push_back(done);
    return true;
  };
  const Prediction both = method_named("cellmnn-two-sided").predict({task, options, 1, executor, count});
  REQUIRE(counts.size() == 60);
  for (std::size_t i = 0; i < 60; ++i) CHECK(counts[i] == static_cast<Index>(i) + 1);
  CHECK(std::abs(both.cloud.weights.sum() - 1) < 1e-12);

  options.between = {1, 0, 0};  // nothing of the networks
  const Prediction straight = method_named("cellmnn-two-sided").predict({task, options, 1, executor, {}});
  const Prediction plan = method_named("ot-interpolate-w2").predict({task, options, 1, executor, {}});
  const auto mean = [](const PointCloud& cloud) -> Eigen::RowVectorXd {
    return cloud.weights.transpose() * cloud.points;
  };
  CHECK((mean(straight.cloud) - mean(plan.cloud)).norm() < 1e-5);
  CHECK((mean(both.cloud) - mean(plan.cloud)).norm() > 1e-3);
}

TEST_CASE("a method gives the part that it makes on its way", "[methods]") {
  SerialExecutor executor;
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2, 3}), 2);
  MethodOptions options = small_options();
  options.training.model.mass = GENERATE(false, true) && kMassIsBuilt;
  const Method& both = method_named("cellmnn-two-sided");
  REQUIRE(both.part == "cellmnn");
  int times = 0;
  Prediction part;
  const std::function<void(Prediction)> take = [&](Prediction prediction) {
    part = std::move(prediction);
    ++times;
  };
  const Prediction whole = both.predict({task, options, 1, executor, {}, &take});
  const Prediction alone = method_named("cellmnn").predict({task, options, 1, executor, {}});
  CHECK(times == 1);
  CHECK(part.cloud.points == alone.cloud.points);
  CHECK(part.cloud.weights == alone.cloud.weights);
  CHECK((alone.cloud.weights.size() > 0) == options.training.model.mass);
  CHECK(part.target == alone.target);
  CHECK(whole.cloud.points == both.predict({task, options, 1, executor, {}}).cloud.points);
}
