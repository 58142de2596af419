/// IEEE 754 numbers of 16 bits, numpy's float16.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace cellmnn {

inline float float_of_half(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1F;
  const auto fraction = static_cast<float>(bits & 0x3FF);
  float value = 0;
  if (exponent == 0) {
    value = std::ldexp(fraction, -24);
  } else if (exponent < 0x1F) {
    value = std::ldexp(fraction + 1024.0F, exponent - 25);
  } else {
    value = fraction == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  }
  return (bits & 0x8000) != 0 ? -value : value;
}

}  // namespace cellmnn
