/// A progress bar on a terminal, a plain line every tenth of the way otherwise; on standard error.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace cellmnn {

class Progress {
 public:
  /// `unit` names what is counted, e.g. "step"; `begin` of `total` were done in an earlier run.
  Progress(std::string label, std::string unit, std::int64_t total, bool quiet, std::int64_t begin = 0);

  /// Removes the bar, so that what follows starts on a line of its own.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Another `count` done; `note` is shown beside, e.g. "loss 0.123". May be called by any thread.
  void advance(std::int64_t count, const std::string& note = {});

 private:
  using Clock = std::chrono::steady_clock;
  void draw_bar(Clock::time_point now, const std::string& note);
  void print_line(Clock::time_point now, const std::string& note);
  std::string rate(Clock::time_point now) const;

  std::string label_, unit_;
  std::int64_t total_, begin_, done_;
  bool quiet_, terminal_;
  std::mutex mutex_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_drawn_{};
  std::int64_t tenths_ = 0;  // printed so far
};

}  // namespace cellmnn
