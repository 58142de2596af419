#include "baselines/flow_matching.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;
using cellmnn::testing::turning_cloud;

namespace {

FlowMatchingOptions small_options(Coupling coupling = Coupling::batch_plan) {
  FlowMatchingOptions options;
  options.coupling = coupling;
  options.steps = 30;
  options.batch = 100;
  options.width = 24;
  options.depth = 2;
  return options;
}

/// Two gaussians in 2-D, the second one shifted, at times 3 and 5.
TimeCourse shifted_gaussian(double shift) {
  TimeCourse data;
  Rng rng(8);
  for (const double time : {3.0, 5.0}) {
    Snapshot snapshot{time, "", Matrix<float>(200, 2), {}};
    for (Index i = 0; i < snapshot.cells.size(); ++i) {
      snapshot.cells.data()[i] = static_cast<float>(rng.normal() + (time == 5 ? shift : 0));
    }
    data.snapshots.push_back(std::move(snapshot));
  }
  return data;
}

Matrix<float> trained_prediction(const TimeCourse& data, const FlowMatchingOptions& options,
                                 Executor& executor) {
  FlowMatching model(data, options, executor);
  while (!model.done()) model.step();
  return model.predict(data.snapshots[0].cells, 0, 1.5);
}

}  // namespace

TEST_CASE("flow matching learns the shift of a gaussian, with every coupling", "[flow_matching]") {
  SerialExecutor executor;
  const TimeCourse data = shifted_gaussian(4);
  for (const Coupling coupling : {Coupling::independent, Coupling::batch_plan, Coupling::full_plan}) {
    INFO("coupling " << static_cast<int>(coupling));
    FlowMatchingOptions options = small_options(coupling);
    options.steps = 400;
    options.learning_rate = 5e-3;
    FlowMatching model(data, options, executor);
    const double first = model.step();
    double last = first;
    while (!model.done()) last = model.step();
    CHECK(last < 0.5 * first);
    CHECK(model.steps_done() == 400);
    const Matrix<float>& start = data.snapshots[0].cells;
    const Matrix<float> half = model.predict(start, 3, 4), whole = model.predict(start, 3, 5);
    for (Index d = 0; d < 2; ++d) {
      CHECK((half - start).col(d).mean() == Approx(2).margin(0.4));
      CHECK((whole - start).col(d).mean() == Approx(4).margin(0.4));
    }
  }
}

TEST_CASE("optimal couplings ask for shorter paths", "[flow_matching]") {
  SerialExecutor executor;
  const TimeCourse data = shifted_gaussian(1);
  const auto first_error = [&](Coupling coupling) {
    return FlowMatching(data, small_options(coupling), executor).step();
  };
  CHECK(first_error(Coupling::batch_plan) < 0.7 * first_error(Coupling::independent));
  CHECK(first_error(Coupling::full_plan) < 0.7 * first_error(Coupling::independent));
}

TEST_CASE("a prediction to the same time stays, one there and back returns", "[flow_matching]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1, 3});
  FlowMatching model(data, small_options(), executor);
  while (!model.done()) model.step();
  const Matrix<float>& cells = data.snapshots[1].cells;
  CHECK((model.predict(cells, 1, 1) - cells).cwiseAbs().maxCoeff() < 1e-4);
  const Matrix<float> moved = model.predict(cells, 1, 2.5);
  CHECK((moved - cells).cwiseAbs().maxCoeff() > 0.1);
  CHECK((model.predict(moved, 2.5, 1) - cells).cwiseAbs().maxCoeff() < 1e-3);
  CHECK(model.predict(cells.topRows(0), 0, 1).rows() == 0);
}

TEST_CASE("flow matching gives the same bits for any order of blocks; another seed differs",
          "[flow_matching]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const TimeCourse data = turning_cloud({0, 1, 2.5, 3}, 150);
  for (const Coupling coupling : {Coupling::independent, Coupling::batch_plan, Coupling::full_plan}) {
    FlowMatchingOptions options = small_options(coupling);
    const Matrix<float> expected = trained_prediction(data, options, serial);
    CHECK(trained_prediction(data, options, reversed) == expected);
    options.seed = 43;
    CHECK(trained_prediction(data, options, serial) != expected);
  }
}

TEST_CASE("the unit of time and of the coordinates does not matter", "[flow_matching]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1, 2});
  TimeCourse scaled = data;
  for (Snapshot& snapshot : scaled.snapshots) {
    snapshot.time = 8 * snapshot.time + 16;
    snapshot.cells *= 4;
  }
  FlowMatching model(data, small_options(), executor), scaled_model(scaled, small_options(), executor);
  while (!model.done()) CHECK(model.step() == Approx(scaled_model.step()).epsilon(1e-4));
  const Matrix<float> expected = model.predict(data.snapshots[0].cells, 0, 1.5);
  const Matrix<float> got = scaled_model.predict(scaled.snapshots[0].cells, 16, 28) / 4;
  CHECK((got - expected).cwiseAbs().maxCoeff() < 1e-3);
}

TEST_CASE("flow matching that leaves the finite numbers stops", "[flow_matching]") {
  SerialExecutor executor;
  FlowMatchingOptions options = small_options();
  options.learning_rate = 1e30;
  const auto run = [&] { trained_prediction(turning_cloud({0, 1}), options, executor); };
  REQUIRE_THROWS_MATCHES(run(), Error, error_with(ErrorCode::numerical, {"step 2", "learning rate"}));
}

TEST_CASE("flow matching refuses cells and times it cannot use", "[flow_matching]") {
  SerialExecutor executor;
  const FlowMatching model(turning_cloud({0, 1}), small_options(), executor);
  REQUIRE_THROWS_MATCHES(model.predict(Matrix<float>::Zero(4, 2), 0, 1), Error,
                         error_with(ErrorCode::bad_input, {"3 dimensions", "have 2"}));
  const Matrix<float> cells = Matrix<float>::Zero(4, 3);
  REQUIRE_THROWS_MATCHES(model.predict(cells, 0, 1e30), Error,
                         error_with(ErrorCode::bad_input, {"1000 mean gaps"}));
  REQUIRE_THROWS_MATCHES(model.predict(cells, std::nan(""), 1), Error,
                         error_with(ErrorCode::bad_input, {"time nan"}));
  REQUIRE_THROWS_MATCHES(FlowMatching(turning_cloud({0}), small_options(), executor), Error,
                         error_with(ErrorCode::bad_input, {}));
}

TEST_CASE("options of flow matching out of range are refused by their names", "[flow_matching]") {
  const auto refuse = [](auto change, const char* option) {
    FlowMatchingOptions options;
    change(options);
    REQUIRE_THROWS_MATCHES(validate(options), Error, error_with(ErrorCode::usage, {option, "expected"}));
  };
  refuse([](FlowMatchingOptions& o) { o.steps = 0; }, "steps");
  refuse([](FlowMatchingOptions& o) { o.batch = 0; }, "batch");
  refuse([](FlowMatchingOptions& o) { o.batch = std::numeric_limits<Index>::max(); }, "batch");
  refuse([](FlowMatchingOptions& o) { o.width = 0; }, "width");
  refuse([](FlowMatchingOptions& o) { o.depth = 33; }, "depth");
  refuse([](FlowMatchingOptions& o) { o.learning_rate = 0; }, "lr");
  refuse([](FlowMatchingOptions& o) { o.weight_decay = -1; }, "weight_decay");
  refuse([](FlowMatchingOptions& o) { o.sigma = std::nan(""); }, "sigma");
  CHECK_NOTHROW(validate(FlowMatchingOptions{}));
  SerialExecutor executor;
  FlowMatchingOptions deep;
  deep.depth = std::numeric_limits<Index>::max();
  REQUIRE_THROWS_AS(FlowMatching(turning_cloud({0, 1}), deep, executor), Error);
}
