/// SIGINT, SIGTERM and SIGHUP as a question that a loop asks between two steps.
#pragma once

#include <csignal>

namespace cellmnn {

/// While one of these lives, the first signal only raises a flag; a second one ends the program at
/// once, as it would have without us. One within another adds nothing. Main thread only.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  bool interrupted() const;

 private:
  struct sigaction previous_interrupt_ {};
  struct sigaction previous_terminate_ {};
  struct sigaction previous_hang_up_ {};
};

}  // namespace cellmnn
