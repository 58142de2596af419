/// Something that is due every few seconds, as a question that a loop asks.
#pragma once

#include <chrono>

namespace cellmnn {

class Alarm {
 public:
  /// 0 seconds is never.
  explicit Alarm(double seconds) : seconds_(seconds) {}

  /// Whether so many seconds went by since the last time that it rang, or since the beginning.
  bool rings() {
    if (seconds_ <= 0 || std::chrono::duration<double>(Clock::now() - last_).count() < seconds_) return false;
    last_ = Clock::now();
    has_rung_ = true;
    return true;
  }

  bool has_rung() const { return has_rung_; }

 private:
  using Clock = std::chrono::steady_clock;
  double seconds_;
  Clock::time_point last_ = Clock::now();
  bool has_rung_ = false;
};

}  // namespace cellmnn
