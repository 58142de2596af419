#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "native/io/files/text.hpp"
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

LabelCounts tidy_times(LabelCounts column) {
  const auto is_tidy = [](double number) { return tidy_time(number) == number; };
  if (std::all_of(column.numbers.begin(), column.numbers.end(), is_tidy)) return column;
  std::map<double, Index> rows;
  for (std::size_t i = 0; i < column.numbers.size(); ++i) {
    if (column.rows[i] > 0) rows[tidy_time(column.numbers[i])] += column.rows[i];
  }
  LabelCounts tidy;
  tidy.missing = column.missing;
  for (const auto& [number, count] : rows) {
    tidy.labels.push_back(number_text(number));
    tidy.numbers.push_back(number);
    tidy.rows.push_back(count);
  }
  return tidy;
}

}  // namespace cellmnn
