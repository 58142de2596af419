#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "native/io/time_courses/time_labels.hpp"

namespace cellmnn {
namespace {

double number_of(const char* begin, const char* end) {
  double value = 0;
  std::from_chars(begin, end, value);
  return value;
}

}  // namespace

double tidy_time(double time) {
  if (!std::isfinite(time) || time == std::trunc(time)) return time;
  std::array<char, 64> text;
  char* const begin = text.data();
  char* const end = begin + text.size();
  const auto single = static_cast<float>(time);
  if (static_cast<double>(single) == time) return number_of(begin, std::to_chars(begin, end, single).ptr);
  constexpr int kDigits = std::numeric_limits<double>::digits10;
  return number_of(begin, std::to_chars(begin, end, time, std::chars_format::general, kDigits).ptr);
}

LabelColumn tidy_times(LabelColumn column) {
  const auto is_tidy = [](double number) { return tidy_time(number) == number; };
  if (std::all_of(column.numbers.begin(), column.numbers.end(), is_tidy)) return column;
  std::vector<double> values;
  values.reserve(column.codes.size());
  for (const std::int32_t code : column.codes) {
    values.push_back(code < 0 ? std::numeric_limits<double>::quiet_NaN()
                              : tidy_time(column.numbers[static_cast<std::size_t>(code)]));
  }
  return label_column(values);
}

}  // namespace cellmnn
