/// A training step allocates nothing after the first ones.
#include "allocation/counted_malloc.hpp"
#include "catch.hpp"
#include "cellmnn/trainer.hpp"
#include "core/small_data.hpp"
#include "native/runtime/thread_pool.hpp"

using namespace cellmnn;
using testing::allocations;

TEST_CASE("the counter sees the core's allocations", "[allocation]") {
  const long before = allocations();
  const TimeCourse data = testing::turning_cloud({0, 1}, 50, 5);
  SerialExecutor executor;
  const Trainer trainer(data, paper_preset(), executor);
  CHECK(allocations() > before + 10);
}

TEST_CASE("a step does not allocate", "[allocation]") {
  const auto kind = GENERATE(OperatorKind::dense, OperatorKind::eigen);
  const int threads = GENERATE(1, 2);
  ThreadPool pool(threads);
  TrainOptions options = paper_preset();
  options.model.operator_kind = kind;
  Trainer trainer(testing::turning_cloud({0, 2, 3, 4}, 300, 5), options, pool);
  for (int i = 0; i < 100; ++i) trainer.step();
  const long before = allocations();
  for (int i = 0; i < 20; ++i) trainer.step();
  CHECK(allocations() == before);
}
