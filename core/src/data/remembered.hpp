/// A function of the few different numbers that the values of a cell are.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

namespace cellmnn {

/// f(x), where f(0) = 0, kept for the last values: logarithms take longer than all else in a pass.
template <typename F>
class Remembered {
 public:
  explicit Remembered(const F& f) : f_(f) {}

  double operator()(float x) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &x, sizeof(bits));
    constexpr std::uint32_t kSpread = 2654435761U;  // Knuth's multiplicative hash
    Entry& entry = entries_[bits * kSpread >> 24U];
    if (entry.bits != bits) entry = {bits, f_(static_cast<double>(x))};
    return entry.value;
  }

 private:
  struct Entry {
    std::uint32_t bits = 0;
    double value = 0;
  };
  F f_;
  std::array<Entry, 256> entries_ = {};
};

}  // namespace cellmnn
