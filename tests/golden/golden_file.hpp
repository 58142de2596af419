/// The golden values of tests/golden, which bench/reference/cellmnn_torch.py has written.
#pragma once

#include <filesystem>
#include <string>

#include "catch.hpp"

namespace cellmnn {

inline std::string golden_file(const std::string& name) {
  const std::string path = CELLMNN_SOURCE_DIR "/tests/golden/" + name;
  if (!std::filesystem::exists(path)) FAIL("the golden file " << path << " is missing: restore it with git");
  return path;
}

}  // namespace cellmnn
