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
  options.training.model.mass = GENERATE(false, true) && kMassIsTrained;
  options.mass_by_cells = false;
  const Method& both = method_named("cellmnn-two-sided");
  REQUIRE(both.part(task, options) == "cellmnn");
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

TEST_CASE("both networks have steps of their own", "[methods]") {
  SerialExecutor executor;
  const PredictionTask task = prediction_task(turning_cloud({0, 1, 2, 3}), 2);
  MethodOptions own = small_options(), all = small_options();
  own.training.steps = 7;
  own.two_sided_steps = all.training.steps;
  own.mass_by_cells = all.mass_by_cells = false;
  const Method& both = method_named("cellmnn-two-sided");
  CHECK(both.steps(own) == 60);
  CHECK(method_named("cellmnn").steps(own) == 7);
  CHECK(both.predict({task, own, 1, executor, {}}).cloud.points ==
        both.predict({task, all, 1, executor, {}}).cloud.points);
  CHECK(both.part(task, own).empty());  // the forward network is not that of cellmnn
  CHECK(both.part(task, all) == "cellmnn");
}

TEST_CASE("both networks have mass where snapshots have cells enough, also if the forward one has none",
          "[methods]") {
  SerialExecutor executor;
  const auto task_of = [](Index cells) { return prediction_task(turning_cloud({0, 1, 2, 3}, cells), 2); };
  const PredictionTask many = task_of(50), few = task_of(49);
  const Method& both = method_named("cellmnn-two-sided");
  MethodOptions by_cells = small_options(), with = small_options(), without = small_options();
  with.mass_by_cells = without.mass_by_cells = false;
  with.training.model.mass = kMassIsTrained;
  const auto cloud = [&](const PredictionTask& task, const MethodOptions& options) {
    return both.predict({task, options, 1, executor, {}}).cloud;
  };
  CHECK(cloud(many, by_cells).points == cloud(many, with).points);
  CHECK(cloud(few, by_cells).points == cloud(few, without).points);
  const Matrix<double> weighted = cloud(many, with).points, plain = cloud(many, without).points;
  CHECK((weighted.rows() == plain.rows() && weighted == plain) == !kMassIsTrained);
  CHECK(both.part(many, by_cells) == (kMassIsTrained ? "" : "cellmnn"));  // whose network has none
  CHECK(both.part(few, by_cells) == "cellmnn");
  by_cells.training.model.mass = kMassIsTrained;
  CHECK(both.part(many, by_cells) == "cellmnn");
}
