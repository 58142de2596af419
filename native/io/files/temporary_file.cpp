#include "native/io/files/temporary_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

namespace cellmnn {
namespace {

constexpr std::string_view kEnding = ".tmp";

/// ".NAME.", with which the temporary names of `path` begin.
std::string beginning(const std::string& path) {
  return "." + std::filesystem::path(path).filename().string() + ".";
}

/// Whether a name between beginning and ending is the number of a process that has ended.
bool is_of_dead_process(std::string_view number) {
  pid_t process = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), process);
  if (error != std::errc{} || end != number.data() + number.size() || process <= 0) return false;
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::string temporary_name(const std::string& path) {
  return (std::filesystem::path(folder_of(path)) /
          (beginning(path) + std::to_string(::getpid()) + std::string(kEnding)))
      .string();
}

void remove_dead_temporaries(const std::string& path) {
  const std::string begin = beginning(path);
  std::error_code failure;
  std::vector<std::filesystem::path> dead;
  for (const auto& entry : std::filesystem::directory_iterator(folder_of(path), failure)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(begin) || !name.ends_with(kEnding)) continue;
    if (name.size() < begin.size() + kEnding.size()) continue;
    const std::string number = name.substr(begin.size(), name.size() - begin.size() - kEnding.size());
    if (is_of_dead_process(number)) dead.push_back(entry.path());
  }
  for (const std::filesystem::path& file : dead) std::filesystem::remove(file, failure);
}

}  // namespace cellmnn
