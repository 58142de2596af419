#include "cellmnn/trainer.hpp"

#include <limits>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::ReversedExecutor;
using cellmnn::testing::turning_cloud;

namespace {

TrainOptions small_options() {
  TrainOptions options;
  options.model.dims = 3;
  options.model.width = 24;
  options.model.depth = 2;
  options.steps = 60;
  options.batch = 60;
  options.average = 0.9;
  return options;
}

Vector<float> trained(Trainer& trainer) {
  while (!trainer.done()) trainer.step();
  return trainer.model().parameters;
}

}  // namespace

TEST_CASE("training lowers the loss", "[trainer]") {
  SerialExecutor executor;
  TrainOptions options = small_options();
  options.steps = 600;
  options.learning_rate = 2e-3;
  Trainer trainer(turning_cloud({0, 1, 2, 3}), options, executor);
  const double first = trainer.reported_step().mmd;
  while (trainer.steps_done() < 590) trainer.step();
  double last = 0;
  while (!trainer.done()) last += trainer.reported_step().mmd / 10;
  CHECK(last < 0.25 * first);
}

TEST_CASE("same seed, same bits, for any order of blocks; another seed differs", "[trainer]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const TimeCourse data = turning_cloud({0, 1, 2.5});
  TrainOptions options = small_options();
  options.batch = 240;
  options.model.mass = GENERATE(false, true);
  Trainer a(data, options, serial), b(data, options, reversed);
  const Vector<float> expected = trained(a);
  CHECK(trained(b) == expected);
  options.seed = 43;
  Trainer c(data, options, serial);
  CHECK(trained(c) != expected);
}

TEST_CASE("a restored run ends with the bits of one that was not stopped; reports change nothing",
          "[trainer]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1, 2.5});
  Trainer whole(data, small_options(), executor);
  const Vector<float> expected = trained(whole);
  Trainer first(data, small_options(), executor);
  for (int i = 0; i < 25; ++i) first.reported_step();
  Trainer second(data, small_options(), executor);
  second.restore(first.state());
  CHECK(second.steps_done() == 25);
  CHECK(trained(second) == expected);
}

TEST_CASE("a state that does not fit is refused", "[trainer]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1});
  TrainOptions options = small_options();
  Trainer trainer(data, options, executor);
  options.model.width = 25;
  Trainer other(data, options, executor);
  REQUIRE_THROWS_MATCHES(other.restore(trainer.state()), Error,
                         error_with(ErrorCode::bad_input, {"parameters"}));
  TrainerState late = trainer.state();
  late.step = 61;
  REQUIRE_THROWS_MATCHES(trainer.restore(late), Error, error_with(ErrorCode::bad_input, {"saved state"}));
}

TEST_CASE("the model knows the data's whitening and clock", "[trainer]") {
  SerialExecutor executor;
  TrainOptions options = small_options();
  const TimeCourse data = turning_cloud({2, 3, 4, 8});
  const CellMnn model = Trainer(data, options, executor).model();
  CHECK(model.latent.mean == whitening_of(data).mean);
  CHECK(model.time_scale.origin == 2);
  CHECK(model.time_scale.unit == 2);
  CHECK(model.last_time() == 8);
  options.time_unit = TimeUnit::raw;
  CHECK(Trainer(data, options, executor).model().time_scale.to_model(7.5) == 7.5);
}

TEST_CASE("a training that leaves the finite numbers stops with the last good parameters", "[trainer]") {
  SerialExecutor executor;
  TrainOptions options = small_options();
  options.learning_rate = 1e30;
  options.average = 0;
  options.schedule = Schedule::constant;
  Trainer trainer(turning_cloud({0, 1}), options, executor);
  const auto run = [&] { trained(trainer); };
  REQUIRE_THROWS_MATCHES(run(), Error, error_with(ErrorCode::numerical, {"learning rate"}));
  CHECK(trainer.model().parameters == Trainer(turning_cloud({0, 1}), options, executor).model().parameters);
}

TEST_CASE("options out of range are refused by their names", "[trainer]") {
  const auto refuse = [](auto change, const char* option) {
    TrainOptions options;
    change(options);
    REQUIRE_THROWS_MATCHES(validate(options), Error, error_with(ErrorCode::usage, {option}));
  };
  refuse([](TrainOptions& o) { o.steps = 0; }, "steps");
  refuse([](TrainOptions& o) { o.batch = -3; }, "batch");
  refuse([](TrainOptions& o) { o.batch = std::numeric_limits<Index>::max(); }, "batch");
  refuse([](TrainOptions& o) { o.learning_rate = 0; }, "lr");
  refuse([](TrainOptions& o) { o.learning_rate = std::nan(""); }, "lr");
  refuse([](TrainOptions& o) { o.sigma = -1; }, "sigma");
  refuse([](TrainOptions& o) { o.kinetic_step = 0; }, "kinetic_step");
  refuse([](TrainOptions& o) { o.lambda_kinetic = -0.1; }, "lambda_kinetic");
  refuse([](TrainOptions& o) { o.average = 1; }, "average");
  refuse([](TrainOptions& o) { o.model.dims = 0; }, "dims");
  CHECK_NOTHROW(validate(TrainOptions{}));
  CHECK_NOTHROW(validate(paper_preset()));
}

TEST_CASE("joint training: one data set is the same as alone", "[trainer][joint]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1, 2.5});
  Trainer alone(data, small_options(), executor), joint({data}, small_options(), executor);
  CHECK(trained(alone) == trained(joint));
}

TEST_CASE("joint training: each data set keeps its whitening and time, and its score", "[trainer][joint]") {
  SerialExecutor executor;
  const bool embedding = GENERATE(true, false);
  TimeCourse first = turning_cloud({0, 1, 2, 3}), second = turning_cloud({10, 14, 22});
  for (Snapshot& snapshot : second.snapshots) snapshot.cells.array() = 5 - 3 * snapshot.cells.array();
  TrainOptions options = small_options();
  options.steps = 400;
  options.learning_rate = 2e-3;
  options.set_embedding = embedding;
  Trainer trainer({first, second}, options, executor);
  CHECK(trainer.steps() == 800);
  const double before_first = trainer.reported_step().mmd, before_second = trainer.reported_step().mmd;
  while (trainer.steps_done() < 780) trainer.step();
  double after_first = 0, after_second = 0;
  while (!trainer.done()) {
    after_first += trainer.reported_step().mmd / 10;
    after_second += trainer.reported_step().mmd / 10;
  }
  CHECK(after_first < 0.35 * before_first);
  CHECK(after_second < 0.35 * before_second);

  const CellMnn one = trainer.model(0), two = trainer.model(1);
  CHECK(one.time_scale.origin == 0);
  CHECK(two.time_scale.origin == 10);
  CHECK(two.time_scale.unit == 6);
  CHECK(one.latent.mean != two.latent.mean);
  CHECK(one.parameters.size() == two.parameters.size());
  CHECK((one.parameters != two.parameters) == embedding);
}

TEST_CASE("joint training goes on from a saved state, bit for bit", "[trainer][joint]") {
  SerialExecutor executor;
  const std::vector<TimeCourse> data = {turning_cloud({0, 1, 2}), turning_cloud({0, 2, 3, 4}, 50)};
  const TrainOptions options = small_options();
  Trainer whole(data, options, executor), half(data, options, executor), rest(data, options, executor);
  trained(whole);
  while (half.steps_done() < 61) half.step();  // an odd number: the second data set is next
  rest.restore(half.state());
  trained(rest);
  for (const Index set : {0, 1}) CHECK(rest.model(set).parameters == whole.model(set).parameters);
}

TEST_CASE("joint training refuses no data and other dimensions", "[trainer][joint]") {
  SerialExecutor executor;
  CHECK_THROWS_AS(Trainer(std::vector<TimeCourse>{}, small_options(), executor), Error);
  const TimeCourse flat = first_dims(turning_cloud({0, 1}), 2);
  CHECK_THROWS_MATCHES(Trainer({turning_cloud({0, 1}), flat}, small_options(), executor), Error,
                       error_with(ErrorCode::bad_input, {"dims is 3", "2 dimensions"}));
}

TEST_CASE("courses of many snapshots: the encoder's time stays small, and training goes on", "[trainer]") {
  SerialExecutor executor;
  TrainOptions options = small_options();
  const auto course = [](int snapshots) {
    std::vector<double> times(static_cast<std::size_t>(snapshots));
    for (std::size_t k = 0; k < times.size(); ++k) times[k] = 2.0 * static_cast<double>(k);
    return turning_cloud(times);
  };

  // 60 gaps are twice as many as the encoder is given: in a model file its first layer has half the weights.
  const CellMnn brief = Trainer(course(3), options, executor).model();
  const CellMnn lengthy = Trainer(course(61), options, executor).model();
  Vector<float> expected = brief.parameters;
  for (Index unit = 0; unit < options.model.width; ++unit) {
    expected(unit * (options.model.dims + 1) + options.model.dims) /= 2;
  }
  CHECK(lengthy.parameters == expected);

  const ModelConfig usual;
  options.model.width = usual.width;
  options.model.depth = usual.depth;
  for (const int snapshots : {150, 500}) {
    Trainer trainer(course(snapshots), options, executor);
    for (int k = 0; k < 4; ++k) CHECK_NOTHROW(trainer.step());
  }
}
