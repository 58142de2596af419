#include "native/runtime/interrupt.hpp"

#include <atomic>

namespace cellmnn {
namespace {

// Threads read it while a handler writes it, which only an atomic without a lock allows.
std::atomic<bool> signal_received = false;
static_assert(std::atomic<bool>::is_always_lock_free);
int guards = 0;

extern "C" void remember_signal(int) { signal_received = true; }

}  // namespace

InterruptGuard::InterruptGuard() {
  if (guards++ > 0) return;
  signal_received = false;
  struct sigaction action {};
  action.sa_handler = remember_signal;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, &previous_interrupt_);
  sigaction(SIGTERM, &action, &previous_terminate_);
  sigaction(SIGHUP, nullptr, &previous_hang_up_);
  // Under nohup it stays ignored.
  if (previous_hang_up_.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
}

InterruptGuard::~InterruptGuard() {
  if (--guards > 0) return;
  sigaction(SIGINT, &previous_interrupt_, nullptr);
  sigaction(SIGTERM, &previous_terminate_, nullptr);
  sigaction(SIGHUP, &previous_hang_up_, nullptr);
}

bool InterruptGuard::interrupted() const { return signal_received; }

}  // namespace cellmnn
