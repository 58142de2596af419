/// The Executor of the program: the calling thread and a few workers.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "cellmnn/parallel.hpp"

namespace cellmnn {

/// A training step takes less than a millisecond and calls run() several times, so a worker that has
/// nothing to do spins for a moment before it sleeps, and a run() neither allocates nor waits for a
/// worker that is still asleep. Each thread begins with a part of the blocks of its own, the same in
/// every run of so many blocks, so that what it wrote is often still in its cache.
class ThreadPool final : public Executor {
 public:
  /// At least 1: the caller and threads - 1 workers. Throws bad_input if the system gives fewer.
  explicit ThreadPool(int threads);
  ~ThreadPool() override;

  /// A run() inside a run(), or while another thread is in run(), does its blocks on the calling
  /// thread; so does a run() of one block, which leaves the workers to the runs inside it.
  /// After an exception no further block is begun; of several, the one of the lowest block is thrown.
  void run(std::ptrdiff_t blocks, BlockTask task) override;

  int threads() const override { return static_cast<int>(workers_.size()) + 1; }

 private:
  void work(std::size_t thread);
  void stop();
  void do_blocks(std::size_t thread);
  void do_block(const BlockTask& task, std::ptrdiff_t block);

  /// The part of the blocks that one thread begins with; the others help when theirs are done.
  struct alignas(64) Part {
    // High half: number of the run. Low half: blocks not yet claimed. A block is claimed by taking one
    // off; the run's number makes that fail for a worker which comes late.
    std::atomic<std::uint64_t> ticket{0};
  };

  std::vector<Part> parts_;  // one a thread; the caller is thread 0
  std::atomic<std::uint64_t> run_{0};
  std::atomic<const BlockTask*> task_{nullptr};
  std::atomic<std::ptrdiff_t> blocks_{0};
  std::atomic<std::ptrdiff_t> unfinished_{0};
  std::atomic<bool> busy_{false};
  std::atomic<bool> stop_{false};

  std::mutex failure_mutex_;
  std::atomic<std::ptrdiff_t> failed_block_{0};  // the lowest that threw, or the number of blocks
  std::exception_ptr failure_;

  std::vector<std::thread> workers_;
};

}  // namespace cellmnn
