#include "cellmnn/training_loop.hpp"

#include <vector>

#include "catch.hpp"
#include "small_data.hpp"

using namespace cellmnn;
using cellmnn::testing::turning_cloud;

namespace {

TrainOptions small_options() {
  TrainOptions options;
  options.model.dims = 3;
  options.model.width = 8;
  options.model.depth = 1;
  options.batch = 12;
  options.steps = 250;
  return options;
}

bool never() { return false; }

}  // namespace

TEST_CASE("A training loop reports the first step, the last and a hundred between, and trains as without it",
          "[training_loop]") {
  SerialExecutor executor;
  const TimeCourse data = turning_cloud({0, 1, 2});
  Trainer looped(data, small_options(), executor), plain(data, small_options(), executor);
  while (!plain.done()) plain.step();
  TrainingLoop loop(looped);
  std::vector<Index> reported;
  CHECK(loop.run(never, [&](bool is_reported) {
    if (is_reported) reported.push_back(looped.steps_done());
  }));
  CHECK(reported.size() == 126);
  CHECK(reported.front() == 1);
  CHECK(reported[1] == 2);
  CHECK(reported.back() == 250);
  CHECK(looped.state().parameters == plain.state().parameters);
  CHECK(loop.last_loss().loss > 0);
}

TEST_CASE("A training loop stops when it is asked to, and goes on from there", "[training_loop]") {
  SerialExecutor executor;
  Trainer trainer(turning_cloud({0, 1, 2}), small_options(), executor);
  TrainingLoop loop(trainer);
  const auto ignore = [](bool) {};
  CHECK_FALSE(loop.run([&] { return trainer.steps_done() == 7; }, ignore));
  CHECK(trainer.steps_done() == 7);
  CHECK(loop.run(never, ignore));
  CHECK(trainer.done());
}
