/// Work of the core that a person can follow and stop: it runs on threads of its own without the
/// interpreter's lock, while the calling thread looks for Ctrl-C and shows the progress.
#pragma once

#include <nanobind/nanobind.h>

#include <atomic>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn::python {

struct Job {
  Executor& executor;  ///< throws interrupted before its next block once the job is stopped
  std::atomic<Index> done{0}, total{0};
  std::atomic<double> loss{std::numeric_limits<double>::quiet_NaN()};
  std::atomic<bool> stopped{false};
};

/// Runs `body` with `threads` threads. `progress` is None or a callable (done, total, loss), which is called
/// about 20 times a second. Rethrows what the body threw, or what Python raised meanwhile.
void run_job(int threads, const nanobind::object& progress, const std::function<void(Job&)>& body);

/// The same for a body with a result.
template <typename Body>
auto result_of_job(int threads, const nanobind::object& progress, const Body& body) {
  std::optional<decltype(body(std::declval<Job&>()))> result;
  run_job(threads, progress, [&](Job& job) { result.emplace(body(job)); });
  return *std::move(result);
}

/// The same without progress.
template <typename Body>
auto result_with(int threads, const Body& body) {
  return result_of_job(threads, nanobind::none(), [&](Job& job) { return body(job.executor); });
}

}  // namespace cellmnn::python
