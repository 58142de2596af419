/// Files that are not part of the project: golden values and real data.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "catch.hpp"

namespace cellmnn {

/// The file, or nothing with a warning that says why the test is skipped. The folder is the value of
/// `variable`, or ../shared/<folder> beside the project.
inline std::optional<std::string> shared_file(const char* variable, const std::string& folder,
                                              const std::string& name) {
  const char* chosen = std::getenv(variable);
  const std::filesystem::path root = chosen != nullptr
                                         ? std::filesystem::path(chosen)
                                         : std::filesystem::path(CELLMNN_SOURCE_DIR) / "../shared" / folder;
  const auto path = root / name;
  if (std::filesystem::exists(path)) return path.string();
  WARN("skipped: " << path.string() << " is missing; set " << variable << " to its folder");
  return std::nullopt;
}

inline std::optional<std::string> golden_file(const std::string& name) {
  return shared_file("CELLMNN_GOLDEN", "golden", name);
}

inline std::optional<std::string> data_file(const std::string& name) {
  return shared_file("CELLMNN_DATA", "data", name);
}

}  // namespace cellmnn
