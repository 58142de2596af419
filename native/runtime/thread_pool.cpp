#include "native/runtime/thread_pool.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <system_error>
#include <utility>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kUnclaimedMask = 0xFFFFFFFFU;

/// The first block of a thread's part.
std::ptrdiff_t part_begin(std::size_t thread, std::size_t threads, std::ptrdiff_t blocks) {
  return blocks * static_cast<std::ptrdiff_t>(thread) / static_cast<std::ptrdiff_t>(threads);
}

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// Waits for `ready` without sleeping: first on the core, then giving way to other threads, so that
/// more threads than cores do no harm. False if it has not come true within about 100 us.
template <typename Ready>
bool spin_until(const Ready& ready) {
  using Clock = std::chrono::steady_clock;
  using std::chrono::microseconds;
  const Clock::time_point begin = Clock::now();
  for (;;) {
    for (int i = 0; i < 16; ++i) {
      if (ready()) return true;
      pause();
    }
    const Clock::duration waited = Clock::now() - begin;
    if (waited > microseconds(100)) return ready();
    if (waited > microseconds(10)) std::this_thread::yield();
  }
}

}  // namespace

ThreadPool::ThreadPool(int threads) : parts_(static_cast<std::size_t>(std::max(threads, 1))) {
  try {
    for (std::size_t i = 1; i < parts_.size(); ++i) workers_.emplace_back([this, i] { work(i); });
  } catch (const std::system_error&) {
    const std::size_t started = workers_.size() + 1;
    stop();
    throw Error(ErrorCode::bad_input, "the system gives this program only " + std::to_string(started) +
                                          " of " + std::to_string(threads) +
                                          " threads: ask for fewer by --threads");
  }
}

ThreadPool::~ThreadPool() { stop(); }

void ThreadPool::stop() {
  stop_ = true;
  run_.fetch_add(1);
  run_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::run(std::ptrdiff_t blocks, BlockTask task) {
  const bool fits = blocks > 1 && static_cast<std::uint64_t>(blocks) <= kUnclaimedMask;
  if (!fits || workers_.empty() || busy_.exchange(true, std::memory_order_acquire)) {
    SerialExecutor().run(blocks, task);
    return;
  }
  task_.store(&task, std::memory_order_relaxed);
  blocks_.store(blocks, std::memory_order_relaxed);
  unfinished_.store(blocks, std::memory_order_relaxed);
  failed_block_.store(blocks, std::memory_order_relaxed);
  const std::uint64_t run = run_.load(std::memory_order_relaxed) + 1;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const std::ptrdiff_t count =
        part_begin(i + 1, parts_.size(), blocks) - part_begin(i, parts_.size(), blocks);
    parts_[i].ticket.store(run << 32 | static_cast<std::uint64_t>(count), std::memory_order_release);
  }
  // Sequentially consistent, like all that wakes somebody: notify looks for sleepers after the store.
  run_.store(run);
  run_.notify_all();

  do_blocks(0);
  const auto finished = [this] { return unfinished_.load(std::memory_order_acquire) == 0; };
  if (!spin_until(finished)) {
    for (std::ptrdiff_t left; (left = unfinished_.load()) > 0;) unfinished_.wait(left);
  }
  const std::exception_ptr failure = std::exchange(failure_, nullptr);
  busy_.store(false, std::memory_order_release);
  if (failure) std::rethrow_exception(failure);
}

void ThreadPool::work(std::size_t thread) {
  for (;;) {
    const std::uint64_t seen = run_.load(std::memory_order_acquire);
    if (stop_) return;  // asked after `seen` is read: the number that stop() gives is never waited for
    do_blocks(thread);
    const auto changed = [&] { return run_.load(std::memory_order_relaxed) != seen; };
    if (!spin_until(changed)) run_.wait(seen);
  }
}

void ThreadPool::do_blocks(std::size_t thread) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const std::size_t owner = (thread + i) % parts_.size();
    std::atomic<std::uint64_t>& part = parts_[owner].ticket;
    std::uint64_t ticket = part.load(std::memory_order_acquire);
    while ((ticket & kUnclaimedMask) > 0) {
      // These belong to the run of the ticket if the claim below succeeds: run() changes them only
      // after every block of the run has been claimed and finished.
      const BlockTask* task = task_.load(std::memory_order_relaxed);
      const std::ptrdiff_t blocks = blocks_.load(std::memory_order_relaxed);
      if (!part.compare_exchange_weak(ticket, ticket - 1, std::memory_order_acquire)) continue;
      const auto unclaimed = static_cast<std::ptrdiff_t>(ticket & kUnclaimedMask);
      do_block(*task, part_begin(owner + 1, parts_.size(), blocks) - unclaimed);
      ticket = part.load(std::memory_order_acquire);
    }
  }
}

void ThreadPool::do_block(const BlockTask& task, std::ptrdiff_t block) {
  if (block < failed_block_.load(std::memory_order_relaxed)) {
    try {
      task(block);
    } catch (...) {
      const std::lock_guard<std::mutex> lock(failure_mutex_);
      if (block < failed_block_.load(std::memory_order_relaxed)) {
        failed_block_.store(block, std::memory_order_relaxed);
        failure_ = std::current_exception();
      }
    }
  }
  if (unfinished_.fetch_sub(1) == 1) unfinished_.notify_one();
}

}  // namespace cellmnn
