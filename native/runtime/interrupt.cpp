#include "native/runtime/interrupt.hpp"

namespace cellmnn {
namespace {

volatile std::sig_atomic_t signal_received = 0;
int guards = 0;

extern "C" void remember_signal(int) { signal_received = 1; }

}  // namespace

InterruptGuard::InterruptGuard() {
  if (guards++ > 0) return;
  signal_received = 0;
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

bool InterruptGuard::interrupted() const { return signal_received != 0; }

}  // namespace cellmnn
