/// Calls of the system that a signal may interrupt, above all on file systems of a network.
#pragma once

#include <fcntl.h>

#include <cerrno>
#include <string>

namespace cellmnn {

/// What call() returns, once no signal has interrupted it.
template <typename Call>
auto uninterrupted(const Call& call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

/// A descriptor, or -1 and errno; a file that is made may be read and written by all whom umask allows.
inline int open_file(const std::string& path, int flags) {
  return uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); });
}

}  // namespace cellmnn
