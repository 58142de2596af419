#include "native/io/files/temporary_file.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "native/io/files/process_name.hpp"

namespace cellmnn {
namespace {

constexpr std::string_view kEnding = ".tmp";

/// ".NAME.", with which the temporary names of `path` begin.
std::string beginning(const std::string& path) {
  return "." + std::filesystem::path(path).filename().string() + ".";
}

/// Whether a name between beginning and ending may be that of a process: it ends in a number.
bool may_be_process(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < name.size() &&
         name.find_first_not_of("0123456789", dot + 1) == std::string_view::npos;
}

bool is_old(const std::filesystem::path& file) {
  std::error_code failure;
  const auto written = std::filesystem::last_write_time(file, failure);
  return !failure && std::filesystem::file_time_type::clock::now() - written > std::chrono::hours(24);
}

}  // namespace

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::string temporary_name(const std::string& path) {
  return (std::filesystem::path(folder_of(path)) / (beginning(path) + process_name() + std::string(kEnding)))
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
    const std::string process = name.substr(begin.size(), name.size() - begin.size() - kEnding.size());
    if (!may_be_process(process)) continue;
    const std::optional<bool> lives = is_alive(process);
    if (lives ? !*lives : is_old(entry.path())) dead.push_back(entry.path());
  }
  for (const std::filesystem::path& file : dead) std::filesystem::remove(file, failure);
}

}  // namespace cellmnn
