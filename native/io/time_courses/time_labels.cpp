#include "native/io/time_courses/time_labels.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "cellmnn/error.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kMaxLabels = 1000;

struct Found {
  double value;
  std::size_t begin, end;  // in the label
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// All unsigned decimal numbers of a label; a minus sign counts at its beginning or after a space.
std::vector<Found> numbers_in(std::string_view label) {
  std::vector<Found> numbers;
  for (std::size_t i = 0; i < label.size();) {
    if (!is_digit(label[i])) {
      ++i;
      continue;
    }
    Found found{0, i, i};
    while (found.end < label.size() && is_digit(label[found.end])) ++found.end;
    if (found.end + 1 < label.size() && label[found.end] == '.' && is_digit(label[found.end + 1])) {
      ++found.end;
      while (found.end < label.size() && is_digit(label[found.end])) ++found.end;
    }
    std::from_chars(label.data() + found.begin, label.data() + found.end, found.value);
    const bool minus = i > 0 && label[i - 1] == '-' && (i == 1 || label[i - 2] == ' ');
    if (minus) found.value = -found.value;
    numbers.push_back(found);
    i = found.end;
  }
  return numbers;
}

/// Two numbers joined by a dash, the second larger.
bool is_range(std::string_view label, const std::vector<Found>& numbers) {
  return numbers.size() == 2 && numbers[0].value < numbers[1].value &&
         trimmed(label.substr(numbers[0].end, numbers[1].begin - numbers[0].end)) == "-";
}

bool is_range(const std::string& label) { return is_range(label, numbers_in(label)); }

/// The labels that at least one cell has.
std::vector<bool> used_labels(const LabelColumn& column) {
  std::vector<bool> used(column.labels.size(), false);
  for (const std::int32_t code : column.codes) {
    if (code >= 0) used[static_cast<std::size_t>(code)] = true;
  }
  return used;
}

void check_time_map(const LabelColumn& column, const std::map<std::string, double>& time_map) {
  for (const auto& [label, time] : time_map) {
    if (std::find(column.labels.begin(), column.labels.end(), label) == column.labels.end()) {
      throw Error(ErrorCode::usage, "--time-map names '" + label + "', which is not among the labels " +
                                        quoted_list(column.labels));
    }
    if (!std::isfinite(time)) {
      throw Error(ErrorCode::usage, "--time-map gives '" + label + "' a time that is not finite");
    }
  }
}

LabelTimes ranks(const LabelColumn& column) {
  LabelTimes result;
  std::string table;
  for (std::size_t i = 0; i < column.labels.size(); ++i) {
    result.times.push_back(static_cast<double>(i));
    table += (i > 0 ? ", " : "") + column.labels[i] + " = " + std::to_string(i);
  }
  result.notes.push_back("the labels are ordered ranges, so their ranks are taken as times (" + table +
                         "); give --time-map for others");
  return result;
}

}  // namespace

double time_of_label(const std::string& label) {
  if (const std::optional<double> number = parse_number(label); number && std::isfinite(*number)) {
    return *number;
  }
  const std::vector<Found> numbers = numbers_in(label);
  if (numbers.size() == 1) return numbers[0].value;
  if (is_range(label, numbers)) return (numbers[0].value + numbers[1].value) / 2;
  throw Error(ErrorCode::bad_input,
              "the label '" + label + "' holds " + (numbers.empty() ? "no number" : "more than one number") +
                  ", expected one such as 'day12': give its time with --time-map \"" + label + "=TIME\"");
}

LabelTimes times_of_labels(const LabelColumn& column, const std::map<std::string, double>& time_map) {
  check_time_map(column, time_map);
  const std::vector<bool> used = used_labels(column);
  const auto count = static_cast<std::size_t>(std::count(used.begin(), used.end(), true));
  if (count > kMaxLabels) {
    throw Error(ErrorCode::bad_input,
                "it has " + std::to_string(count) +
                    " distinct values, expected the time of each snapshot and at most " +
                    std::to_string(kMaxLabels));
  }
  const auto unused_or_range = [&](const std::string& label) {
    return !used[static_cast<std::size_t>(&label - column.labels.data())] || is_range(label);
  };
  if (column.ordered && column.numbers.empty() && time_map.empty() && count > 0 &&
      std::all_of(column.labels.begin(), column.labels.end(), unused_or_range)) {
    return ranks(column);
  }
  LabelTimes result;
  for (std::size_t i = 0; i < column.labels.size(); ++i) {
    const std::string& label = column.labels[i];
    const auto mapped = time_map.find(label);
    double time = 0;
    if (mapped != time_map.end()) {
      time = mapped->second;
    } else if (used[i]) {
      time = column.numbers.empty() ? time_of_label(label) : column.numbers[i];
    }
    if (!std::isfinite(time))
      throw Error(ErrorCode::bad_input, "it holds the time " + label + ", expected finite times");
    result.times.push_back(time);
  }
  return result;
}

}  // namespace cellmnn
