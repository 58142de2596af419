#include "native/io/files/process_name.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <system_error>

namespace cellmnn {
namespace {

/// "HOST."
std::string beginning_of_names() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) return "host.";
  return std::string(host.data()) + ".";
}

}  // namespace

std::string process_name() { return beginning_of_names() + std::to_string(::getpid()); }

std::optional<bool> is_alive(std::string_view name) {
  const std::string host = beginning_of_names();
  if (!name.starts_with(host)) return std::nullopt;
  name.remove_prefix(host.size());
  pid_t process = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), process);
  if (error != std::errc{} || end != name.data() + name.size() || process <= 0) return std::nullopt;
  return ::kill(process, 0) == 0 || errno != ESRCH;
}

}  // namespace cellmnn
