#include "native/io/files/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace cellmnn {
namespace {

template <typename Number>
std::string shortest_text(Number value) {
  // to_chars alone would write 100000 as "1e+05".
  if (std::abs(value) < Number{1e9} && value == std::trunc(value)) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

}  // namespace

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string list;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) list += separator;
    list += texts[i];
  }
  return list;
}

std::string quoted_list(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 12;
  std::string list;
  for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) {
    list += (i == 0 ? "'" : ", '") + names[i] + "'";
  }
  if (names.size() > shown) list += " and " + std::to_string(names.size() - shown) + " others";
  return list;
}

std::string number_text(double value) { return shortest_text(value); }

std::string number_text(float value) { return shortest_text(value); }

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string one_line(std::string_view text) {
  constexpr std::size_t longest = 2000;
  std::string line(text);
  if (line.size() > longest) line.replace(longest / 2, line.size() - longest, " ... ");
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return line;
}

bool is_missing(std::string_view text) {
  constexpr std::array<std::string_view, 8> names = {"", "na", "n/a", "nan", "<na>", "nat", "null", "none"};
  return std::find(names.begin(), names.end(), lower_case(trimmed(text))) != names.end();
}

}  // namespace cellmnn
