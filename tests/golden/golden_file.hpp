/// The golden values of tests/golden, which the scripts of bench/reference have written.
#pragma once

#include <filesystem>
#include <string>

#include "catch.hpp"

namespace cellmnn {

inline std::string golden_file(const std::string& name) {
  std::string path = CELLMNN_SOURCE_DIR "/tests/golden/" + name;
  if (!std::filesystem::exists(path)) FAIL("the golden file " << path << " is missing: restore it with git");
  return path;
}

}  // namespace cellmnn
