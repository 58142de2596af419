/// Integers of binary formats, which are all little-endian here.
#pragma once

#include <bit>
#include <cstring>
#include <string>

namespace cellmnn {

static_assert(std::endian::native == std::endian::little, "the file formats copy memory as it is");

/// The integer at any address, aligned or not.
template <typename Integer>
Integer little(const char* bytes) {
  Integer value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

template <typename Integer>
void append_little(std::string& bytes, Integer value) {
  char buffer[sizeof value];
  std::memcpy(buffer, &value, sizeof value);
  bytes.append(buffer, sizeof value);
}

}  // namespace cellmnn
