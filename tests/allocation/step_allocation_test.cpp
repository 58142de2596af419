/// A training step allocates nothing after the first ones. Counts every malloc of the process, also
/// those of the core's shared library, so this test has a program of its own.
#include <atomic>
#include <cstddef>

#include "catch.hpp"
#include "cellmnn/trainer.hpp"
#include "core/small_data.hpp"
#include "native/runtime/thread_pool.hpp"

namespace {
std::atomic<long> allocations{0};
}

extern "C" void* __libc_malloc(std::size_t size);     // NOLINT: glibc's own name
extern "C" void* malloc(std::size_t size) noexcept {  // NOLINT: replaces the C library's
  ++allocations;
  return __libc_malloc(size);
}

using namespace cellmnn;

TEST_CASE("the counter sees the core's allocations", "[allocation]") {
  const long before = allocations;
  const TimeCourse data = testing::turning_cloud({0, 1}, 50, 5);
  SerialExecutor executor;
  const Trainer trainer(data, paper_preset(), executor);
  CHECK(allocations > before + 10);
}

TEST_CASE("a step does not allocate", "[allocation]") {
  const auto kind = GENERATE(OperatorKind::dense, OperatorKind::eigen);
  const int threads = GENERATE(1, 2);
  ThreadPool pool(threads);
  TrainOptions options = paper_preset();
  options.model.operator_kind = kind;
  Trainer trainer(testing::turning_cloud({0, 2, 3, 4}, 300, 5), options, pool);
  for (int i = 0; i < 100; ++i) trainer.step();
  const long before = allocations;
  for (int i = 0; i < 20; ++i) trainer.step();
  CHECK(allocations == before);
}
