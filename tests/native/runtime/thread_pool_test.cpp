#include "native/runtime/thread_pool.hpp"

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "catch.hpp"

using cellmnn::ThreadPool;

namespace {

/// How often each block was done.
std::vector<int> done_blocks(ThreadPool& pool, std::ptrdiff_t blocks) {
  std::vector<std::atomic<int>> counts(static_cast<std::size_t>(blocks));
  pool.run(blocks, [&](std::ptrdiff_t block) { ++counts[static_cast<std::size_t>(block)]; });
  return {counts.begin(), counts.end()};
}

}  // namespace

TEST_CASE("a pool does every block exactly once", "[thread_pool]") {
  for (const int threads : {1, 2, 4, 7}) {
    ThreadPool pool(threads);
    CHECK(pool.threads() == threads);
    for (const std::ptrdiff_t blocks : {0, 1, 2, 3, 64, 1000}) {
      CHECK(done_blocks(pool, blocks) == std::vector<int>(static_cast<std::size_t>(blocks), 1));
    }
  }
}

TEST_CASE("a pool uses its threads at the same time", "[thread_pool]") {
  ThreadPool pool(3);
  std::atomic<int> arrived{0}, met{0};
  pool.run(3, [&](std::ptrdiff_t /*block*/) {
    ++arrived;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    while (arrived < 3 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    if (arrived == 3) ++met;
  });
  CHECK(met == 3);
}

TEST_CASE("many short runs lose no block, whether the workers spin or sleep", "[thread_pool]") {
  ThreadPool pool(4);
  for (int run = 0; run < 3000; ++run) {
    if (run % 500 == 499) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    std::vector<std::ptrdiff_t> values(static_cast<std::size_t>(run % 9));
    pool.run(run % 9, [&](std::ptrdiff_t block) { values[static_cast<std::size_t>(block)] = run + block; });
    std::ptrdiff_t expected = 0;
    for (std::ptrdiff_t block = 0; block < run % 9; ++block) expected += run + block;
    REQUIRE(std::accumulate(values.begin(), values.end(), std::ptrdiff_t{0}) == expected);
  }
}

TEST_CASE("what blocks write is seen by the caller and by the next run", "[thread_pool]") {
  ThreadPool pool(4);
  std::vector<std::int64_t> a(64), b(64);
  std::iota(a.begin(), a.end(), 0);
  for (int run = 0; run < 500; ++run) {
    pool.run(64, [&](std::ptrdiff_t i) {
      b[static_cast<std::size_t>(i)] = a[static_cast<std::size_t>(63 - i)] + 1;
    });
    std::swap(a, b);
  }
  std::vector<std::int64_t> expected(64);
  std::iota(expected.begin(), expected.end(), 500);
  CHECK(a == expected);
}

TEST_CASE("a pool that waits for a long block sleeps and wakes", "[thread_pool]") {
  ThreadPool pool(2);
  std::atomic<int> done{0};
  pool.run(2, [&](std::ptrdiff_t block) {
    std::this_thread::sleep_for(std::chrono::milliseconds(block == 0 ? 1 : 20));
    ++done;
  });
  CHECK(done == 2);
}

TEST_CASE("an exception reaches the caller, the lowest block's first", "[thread_pool]") {
  for (const int threads : {1, 2, 4}) {
    ThreadPool pool(threads);
    for (int repeat = 0; repeat < 50; ++repeat) {
      std::string message;
      try {
        pool.run(40, [](std::ptrdiff_t block) {
          if (block % 10 == 7) throw std::runtime_error("block " + std::to_string(block));
        });
      } catch (const std::runtime_error& error) {
        message = error.what();
      }
      REQUIRE(message == "block 7");
      REQUIRE(done_blocks(pool, 8) == std::vector<int>(8, 1));
    }
  }
}

TEST_CASE("after an exception no block is still running when the caller gets it", "[thread_pool]") {
  ThreadPool pool(4);
  std::atomic<int> running{0};
  for (int repeat = 0; repeat < 20; ++repeat) {
    CHECK_THROWS_AS(pool.run(16,
                             [&](std::ptrdiff_t block) {
                               if (block == 1) throw std::logic_error("stop");
                               ++running;
                               std::this_thread::sleep_for(std::chrono::microseconds(200));
                               --running;
                             }),
                    std::logic_error);
    CHECK(running == 0);
  }
}

TEST_CASE("a run inside a run is done by the thread that asks for it", "[thread_pool]") {
  ThreadPool pool(3);
  std::atomic<int> done{0}, strangers{0};
  pool.run(6, [&](std::ptrdiff_t /*outer*/) {
    const std::thread::id me = std::this_thread::get_id();
    pool.run(5, [&](std::ptrdiff_t /*inner*/) {
      ++done;
      if (std::this_thread::get_id() != me) ++strangers;
    });
  });
  CHECK(done == 30);
  CHECK(strangers == 0);
}

TEST_CASE("a run of one block leaves the workers to the runs inside it", "[thread_pool]") {
  ThreadPool pool(2);
  std::atomic<int> arrived{0};
  pool.run(1, [&](std::ptrdiff_t /*outer*/) {
    pool.run(2, [&](std::ptrdiff_t /*inner*/) {
      ++arrived;
      const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
      while (arrived < 2 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    });
    CHECK(arrived == 2);
  });
}

TEST_CASE("two threads may use one pool", "[thread_pool]") {
  ThreadPool pool(3);
  std::atomic<int> done{0};
  const auto use = [&] {
    for (int run = 0; run < 300; ++run) pool.run(7, [&](std::ptrdiff_t /*block*/) { ++done; });
  };
  std::thread other(use);
  use();
  other.join();
  CHECK(done == 2 * 300 * 7);
}

TEST_CASE("pools come and go without a run", "[thread_pool]") {
  for (int repeat = 0; repeat < 200; ++repeat) {
    const ThreadPool pool(4);
    if (repeat % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK(pool.threads() == 4);
  }
}
