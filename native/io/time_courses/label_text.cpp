#include "native/io/time_courses/label_text.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

constexpr char kMinus = '\x01';  // stands for U+2212, which is never a dash
constexpr std::string_view kSeparators = " \t\r\n_-.:+()[]#,;=/\x01";

struct Found {
  double value;
  std::size_t begin, end;  // of the digits in the label
  LabelSign sign;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// One byte for each of Unicode's dashes, minus and spaces.
std::string plain_signs(std::string_view label) {
  std::string text;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const std::string_view three = label.substr(i, 3);
    if (three == "\xE2\x88\x92") {
      text += kMinus;
      i += 2;
    } else if (three.size() == 3 && three.starts_with("\xE2\x80") && three[2] >= '\x90' &&
               three[2] <= '\x95') {
      text += '-';
      i += 2;
    } else if (label.substr(i, 2) == "\xC2\xA0") {
      text += ' ';
      ++i;
    } else {
      text += label[i];
    }
  }
  return text;
}

/// The sign of the number that begins at `begin`.
LabelSign sign_before(std::string_view label, std::size_t begin) {
  if (begin == 0) return LabelSign::none;
  const char c = label[begin - 1];
  const char before = begin > 1 ? label[begin - 2] : ' ';
  if (c == '+') return LabelSign::given;
  if (c == kMinus) {
    const std::string_view rest = trimmed(label.substr(0, begin - 1));
    return !rest.empty() && is_digit(rest.back()) ? LabelSign::none : LabelSign::given;
  }
  if (c != '-') return LabelSign::none;
  if (before == ' ' || before == '_' || before == '(') return LabelSign::given;
  return is_letter(before) ? LabelSign::open : LabelSign::none;
}

std::vector<Found> numbers_in(std::string_view label) {
  std::vector<Found> numbers;
  for (std::size_t i = 0; i < label.size();) {
    if (!is_digit(label[i])) {
      ++i;
      continue;
    }
    Found found{0, i, i, sign_before(label, i)};
    while (found.end < label.size() && is_digit(label[found.end])) ++found.end;
    if (found.end + 1 < label.size() && label[found.end] == '.' && is_digit(label[found.end + 1])) {
      ++found.end;
      while (found.end < label.size() && is_digit(label[found.end])) ++found.end;
    }
    const auto read = std::from_chars(label.data() + found.begin, label.data() + found.end, found.value);
    if (read.ec != std::errc{}) {
      throw Error(ErrorCode::bad_input,
                  "the label '" + std::string(label) +
                      "' holds a number that is too large: " + "give its time with --time-map");
    }
    if (found.sign == LabelSign::given && label[i - 1] != '+') found.value = -found.value;
    numbers.push_back(found);
    i = found.end;
  }
  return numbers;
}

bool is_range(std::string_view label, const std::vector<Found>& numbers) {
  if (numbers.size() != 2 || !(numbers[0].value < numbers[1].value)) return false;
  const std::string_view between = trimmed(label.substr(numbers[0].end, numbers[1].begin - numbers[0].end));
  return between == "-" || between == std::string_view(&kMinus, 1);
}

std::string stripped(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSeparators);
  if (begin == std::string_view::npos) return {};
  return lower_case(text.substr(begin, text.find_last_not_of(kSeparators) - begin + 1));
}

}  // namespace

LabelText label_text(const std::string& label) {
  const std::string plain = plain_signs(label);
  std::string number = plain;
  for (char& c : number) c = c == kMinus ? '-' : c;
  LabelText text;
  if (const std::optional<double> value = parse_number(number); value && std::isfinite(*value)) {
    text.value = *value;
    const char first = trimmed(number)[0];
    if (first == '-' || first == '+') text.sign = LabelSign::given;
    return text;
  }
  const std::vector<Found> numbers = numbers_in(plain);
  text.is_range = is_range(plain, numbers);
  if (numbers.size() != 1 && !text.is_range) {
    throw Error(ErrorCode::bad_input, "the label '" + label + "' holds " +
                                          (numbers.empty() ? "no number" : "more than one number") +
                                          ", expected one such as 'day12': give its time with --time-map \"" +
                                          label + "=TIME\"");
  }
  const Found& first = numbers.front();
  const Found& last = numbers.back();
  text.value = text.is_range ? (first.value + last.value) / 2 : first.value;
  text.sign = text.is_range && first.sign == LabelSign::open ? LabelSign::none : first.sign;
  text.before = stripped(std::string_view(plain).substr(0, first.begin));
  text.after = stripped(std::string_view(plain).substr(last.end));
  return text;
}

std::string last_word(const std::string& text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_letter(text[begin - 1])) --begin;
  return text.substr(begin);
}

std::string first_word(const std::string& text) {
  std::size_t end = 0;
  while (end < text.size() && is_letter(text[end])) ++end;
  return text.substr(0, end);
}

}  // namespace cellmnn
