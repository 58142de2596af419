/// What is fuzzed: readers of files. A reader may take a file or refuse it with an Error; whatever else it
/// does is a fault.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cellmnn::fuzzing {

struct Target {
  std::string name;
  std::string file;  ///< the name that the bytes get
  void (*read)(const std::string& path);
};

const std::vector<Target>& targets();

/// Throws std::invalid_argument with the names that there are.
const Target& target_named(std::string_view name);

/// Writes the bytes to a file in memory and reads it.
void feed(const Target& target, const std::uint8_t* bytes, std::size_t size);

}  // namespace cellmnn::fuzzing
