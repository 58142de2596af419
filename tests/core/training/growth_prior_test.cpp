#include "training/growth_prior.hpp"

#include <limits>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/trainer.hpp"
#include "error_matcher.hpp"
#include "model/mass.hpp"
#include "reversed_executor.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;
using cellmnn::testing::turning_cloud;

namespace {

constexpr std::array kTimes = {0.0, 2.0, 4.0};

/// Cells whose growth is known to be `slope` times their last coordinate, which does not change.
TimeCourse with_prior(double slope) {
  TimeCourse data = turning_cloud({kTimes.begin(), kTimes.end()});
  for (Snapshot& snapshot : data.snapshots)
    snapshot.growth_prior = static_cast<float>(slope) * (snapshot.cells.col(2).array() - 10.F);
  return data;
}

TrainOptions small_options() {
  TrainOptions options;
  options.model.dims = 3;
  options.model.width = 16;
  options.model.depth = 2;
  options.model.mass = true;
  options.steps = 400;
  options.batch = 120;
  options.learning_rate = 3e-3;
  options.growth_prior_weight = 100;
  return options;
}

CellMnn trained(const TimeCourse& data, const TrainOptions& options, Executor& executor) {
  Trainer trainer(data, options, executor);
  while (!trainer.done()) trainer.step();
  return trainer.model();
}

}  // namespace

TEST_CASE("a strong prior is learnt, per unit of the user's time, and backwards with the other sign",
          "[growth][mass]") {
  if (!kMassIsTrained) return;
  SerialExecutor executor;
  const TimeCourse course = with_prior(0.8);
  const bool backwards = GENERATE(false, true);
  const TimeCourse data = backwards ? mirrored(course) : course;
  const CellMnn model = trained(data, small_options(), executor);
  CHECK(model.growth_prior);
  CHECK_FALSE(model.knows_growth());
  const Snapshot& middle = data.snapshots[1];
  CHECK(middle.growth_prior == (backwards ? -1.F : 1.F) * course.snapshots[1].growth_prior);
  const Vector<double> growth =
      model.growth(middle.cells, Vector<double>::Constant(middle.cells.rows(), middle.time), executor);
  const Vector<double> expected = middle.growth_prior.cast<double>();
  CHECK((growth - expected).norm() < 0.2 * expected.norm());
}

TEST_CASE("training with a prior has the same bits for any order of blocks", "[growth][mass]") {
  if (!kMassIsTrained) return;
  SerialExecutor serial;
  ReversedExecutor reversed;
  TrainOptions options = small_options();
  options.steps = 30;
  options.batch = 240;
  const Vector<float> expected = trained(with_prior(0.5), options, serial).parameters;
  CHECK(trained(with_prior(0.5), options, reversed).parameters == expected);
  CHECK(trained(with_prior(0.4), options, serial).parameters != expected);
  CHECK(fingerprint(with_prior(0.5)) != fingerprint(with_prior(0.4)));
}

TEST_CASE("one cell a snapshot can have a prior", "[growth][mass]") {
  if (!kMassIsTrained) return;
  SerialExecutor executor;
  TimeCourse data = turning_cloud({0, 1, 2}, 1);
  for (Snapshot& snapshot : data.snapshots) snapshot.growth_prior = Vector<float>::Constant(1, 0.5F);
  TrainOptions options = small_options();
  options.steps = 20;
  CHECK(trained(data, options, executor).parameters.allFinite());
}

TEST_CASE("priors that are missing or cannot be are refused", "[growth]") {
  if (!kMassIsTrained) return;
  const TimeScale scale{0, 2};
  ModelConfig config;
  TimeCourse data = with_prior(0.5);
  const auto refuses = [&](ErrorCode code, const std::vector<std::string>& parts) {
    CHECK_THROWS_MATCHES(validate_growth_prior(data, config, scale), Error, error_with(code, parts));
  };
  refuses(ErrorCode::usage, {"growth_prior is about the weights of cells"});
  config.mass = true;
  CHECK_NOTHROW(validate_growth_prior(data, config, scale));
  data.snapshots[1].growth_prior(7) = std::numeric_limits<float>::quiet_NaN();
  refuses(ErrorCode::bad_input, {"growth_prior has no number for 1 of the 80 cells of time 2"});
  data.snapshots[1].growth_prior.resize(0);
  refuses(ErrorCode::bad_input, {"no number for 80 of the 80 cells of time 2"});
  data = with_prior(0.5);
  data.snapshots[2].growth_prior(0) = -1.5F;
  refuses(ErrorCode::bad_input, {"growth_prior is up to 1.5 in absolute value at time 4", "less than 1.5"});
  for (Snapshot& snapshot : data.snapshots) snapshot.growth_prior.resize(0);
  CHECK_NOTHROW(validate_growth_prior(data, ModelConfig{}, scale));
}
