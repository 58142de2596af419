#include "native/io/hdf5/hdf5_guard.hpp"

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <fstream>
#include <string_view>

#include "cellmnn/error.hpp"
#include "native/io/files/unfinished_output.hpp"

namespace cellmnn::hdf5 {
namespace {

constexpr std::uint64_t kSeconds = 5;
constexpr std::uint64_t kBytesPerSecond = 5'000'000;           // slower than any disk
constexpr std::uint64_t kLargeFile = std::uint64_t{64} << 20;  // and larger ones may need any memory
constexpr std::uint64_t kMemory = std::uint64_t{256} << 20;
constexpr std::uint64_t kMemoryRatio = 8 * 1032;  // deflated bytes that become doubles
constexpr std::size_t kStackBytes = std::size_t{1} << 16;
constexpr std::array<int, 5> kSignals = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGVTALRM};

std::atomic<int> guards = 0;
rlimit memory_before;
std::array<char, 4096> guarded_path;  // read in a signal handler, so no std::string
alignas(16) std::array<char, kStackBytes> stack;

void say(std::string_view text) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

extern "C" void end_program(int signal) {
  if (guards == 0) {  // not of HDF5: what would happen without this handler
    ::signal(signal, SIG_DFL);
    ::raise(signal);
    return;
  }
  say("cellmnn: error: ");
  say(guarded_path.data());
  say(signal == SIGVTALRM ? ": is a damaged HDF5 file: reading it does not come to an end\n"
                          : ": is a damaged HDF5 file: reading it fails in the HDF5 library\n");
  UnfinishedOutput::remove_all();
  ::_exit(static_cast<int>(ErrorCode::bad_input));
}

void install() {
  stack_t other = {};
  other.ss_sp = stack.data();
  other.ss_size = stack.size();
  ::sigaltstack(&other, nullptr);
  struct sigaction action = {};
  action.sa_handler = end_program;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : kSignals) ::sigaction(signal, &action, nullptr);
}

void set_timer(std::uint64_t seconds) {
  itimerval timer = {};
  timer.it_value.tv_sec = static_cast<time_t>(seconds);
  ::setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

/// Lets the program have so much more memory than it has; false if the system does not tell how much that is.
bool set_memory(std::uint64_t more_bytes) {
  std::uint64_t pages = 0;
  if (!(std::ifstream("/proc/self/statm") >> pages) || ::getrlimit(RLIMIT_AS, &memory_before) != 0)
    return false;
  rlimit limit = memory_before;
  const std::uint64_t now = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_cur, now + more_bytes);
  return ::setrlimit(RLIMIT_AS, &limit) == 0;
}

}  // namespace

Guard::Guard(const std::string& path) {
  if (guards++ > 0) return;
  install();  // every time: others may have set handlers of their own since
  const std::size_t length = std::min(path.size(), guarded_path.size() - 1);
  std::replace_copy_if(
      path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length), guarded_path.begin(),
      [](char c) { return c == '\n'; }, ' ');
  guarded_path[length] = '\0';
}

Guard::Guard(const std::string& path, std::uint64_t file_bytes) : Guard(path) {
  if (guards > 1) return;
  set_timer(kSeconds + file_bytes / kBytesPerSecond);
  limits_memory_ = file_bytes < kLargeFile && set_memory(kMemory + kMemoryRatio * file_bytes);
}

Guard::~Guard() {
  if (--guards > 0) return;
  set_timer(0);
  if (limits_memory_) ::setrlimit(RLIMIT_AS, &memory_before);
}

}  // namespace cellmnn::hdf5
