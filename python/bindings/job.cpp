#include "python/bindings/job.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "cellmnn/error.hpp"
#include "native/runtime/thread_pool.hpp"

namespace cellmnn::python {
namespace {

namespace nb = nanobind;

class StoppableExecutor final : public Executor {
 public:
  explicit StoppableExecutor(int threads) : pool_(threads) {}

  void run(std::ptrdiff_t blocks, BlockTask task) override {
    pool_.run(blocks, [&](std::ptrdiff_t block) {
      if (*stopped_) throw Error(ErrorCode::interrupted, "interrupted");
      task(block);
    });
  }

  int threads() const override { return pool_.threads(); }
  void heed(const std::atomic<bool>& stopped) { stopped_ = &stopped; }

 private:
  ThreadPool pool_;
  const std::atomic<bool>* stopped_ = nullptr;
};

/// Whether a thread has come to its end.
class Ending {
 public:
  void announce() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }

  bool wait_for(std::chrono::milliseconds time) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, time, [this] { return ended_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
};

/// Python's own errors of signals and of the progress leave as nb::python_error.
void look_for_signals(const nb::object& progress, const Job& job) {
  const nb::gil_scoped_acquire lock;
  if (PyErr_CheckSignals() != 0) throw nb::python_error();
  if (!progress.is_none()) progress(job.done.load(), job.total.load(), job.loss.load());
}

}  // namespace

void run_job(int threads, const nb::object& progress, const std::function<void(Job&)>& body) {
  std::exception_ptr failure, raised;
  {
    const nb::gil_scoped_release unlock;
    StoppableExecutor executor(threads);
    Job job{executor};
    executor.heed(job.stopped);
    Ending ending;
    std::thread worker([&] {
      try {
        body(job);
      } catch (...) {
        failure = std::current_exception();
      }
      ending.announce();
    });
    while (!ending.wait_for(std::chrono::milliseconds(50))) {
      if (job.stopped) continue;
      try {
        look_for_signals(progress, job);
      } catch (...) {
        raised = std::current_exception();
        job.stopped = true;
      }
    }
    worker.join();
    if (!raised && !failure) {
      try {
        look_for_signals(progress, job);
      } catch (...) {
        raised = std::current_exception();
      }
    }
  }
  if (raised) std::rethrow_exception(raised);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace cellmnn::python
