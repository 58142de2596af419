#include "base/text.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace cellmnn {
namespace {

/// A number of size below 1e9, with at most six decimals. std::to_chars of a double is missing from
/// Emscripten's libc++, and std::to_string of one brings all of printf into the module.
std::string fixed(double value) {
  constexpr std::int64_t kOne = 1'000'000;
  const std::int64_t millionths = std::llround(std::abs(value) * static_cast<double>(kOne));
  std::string digits = std::to_string(millionths / kOne);
  if (millionths % kOne != 0) {
    std::string decimals = std::to_string(kOne + millionths % kOne);
    decimals.front() = '.';
    digits += decimals;
    digits.erase(digits.find_last_not_of('0') + 1);
  }
  if (value < 0 && millionths != 0) digits.insert(0, 1, '-');
  return digits;
}

}  // namespace

std::string text(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
  const double size = std::abs(value);
  if (size == 0 || (size >= 1e-2 && size < 1e9)) return fixed(value);
  int exponent = static_cast<int>(std::floor(std::log10(size)));
  const int half = exponent / 2;  // 10^-324 is 0
  std::string digits = fixed(value / std::pow(10.0, half) / std::pow(10.0, exponent - half));
  if (digits == "10" || digits == "-10") {  // 9.9999999 rounds up
    digits.pop_back();
    ++exponent;
  }
  return digits + "e" + std::to_string(exponent);
}

std::string listed(const std::vector<double>& values) {
  std::string list;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) list += i + 1 < values.size() ? ", " : " and ";
    list += text(values[i]);
  }
  return list;
}

std::string shape_text(const MatrixView<double>& points) {
  std::string shape = "(";
  shape += std::to_string(points.rows()) + ", " + std::to_string(points.cols()) + ")";
  return shape;
}

}  // namespace cellmnn
