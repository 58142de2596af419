#include "native/command_line/values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

[[noreturn]] void refuse(const std::string& option, const std::string& text, const std::string& expected) {
  throw Error(ErrorCode::usage, option + " is '" + text + "', but must be " + expected);
}

template <typename Number>
bool read_whole_text(const std::string& text, Number& value) {
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end;
}

}  // namespace

std::int64_t parse_whole(const std::string& option, const std::string& text, std::int64_t least,
                         std::optional<std::int64_t> most) {
  std::int64_t value = 0;
  if (!read_whole_text(text, value) || value < least || value > most.value_or(value)) {
    refuse(option, text,
           most ? "a whole number from " + std::to_string(least) + " to " + std::to_string(*most)
                : "a whole number of at least " + std::to_string(least));
  }
  return value;
}

std::uint64_t parse_seed(const std::string& option, const std::string& text) {
  std::uint64_t value = 0;
  if (!read_whole_text(text, value)) refuse(option, text, "a whole number from 0 to 18446744073709551615");
  return value;
}

double parse_number(const std::string& option, const std::string& text) {
  double value = 0;
  if (!read_whole_text(text, value) || !std::isfinite(value)) refuse(option, text, "a number");
  return value;
}

std::vector<std::string> parse_list(const std::string& option, const std::string& text) {
  std::vector<std::string> entries;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end == begin) refuse(option, text, "a list such as a,b,c without empty entries");
    entries.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return entries;
}

std::vector<double> parse_numbers(const std::string& option, const std::string& text) {
  std::vector<double> numbers;
  for (const std::string& entry : parse_list(option, text)) numbers.push_back(parse_number(option, entry));
  return numbers;
}

std::vector<std::string> parse_pairs(const std::string& option, const std::string& text,
                                     const std::string& expected) {
  std::vector<std::string> pairs;
  std::string pair;
  for (const std::string& part : parse_list(option, text)) {
    pair += (pair.empty() ? "" : ",") + part;
    if (part.find('=') == std::string::npos) continue;
    pairs.push_back(pair);
    pair.clear();
  }
  if (!pair.empty()) refuse(option, text, expected);
  return pairs;
}

std::map<std::string, double> parse_assignments(const std::string& option, const std::string& text,
                                                const std::string& expected) {
  std::map<std::string, double> values;
  for (const std::string& entry : parse_pairs(option, text, expected)) {
    const std::size_t equals = std::min(entry.rfind('='), entry.size());
    const std::string name = entry.substr(0, equals);
    const bool is_pair = equals > 0 && equals < entry.size();
    if (!is_pair || !values.emplace(name, parse_number(option, entry.substr(equals + 1))).second) {
      refuse(option, text, expected);
    }
  }
  return values;
}

std::pair<std::string, std::string> parse_group(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw Error(ErrorCode::usage, "--group is '" + text + "', but must be KEY=LABEL, such as time=2");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void require_choice(const std::string& option, const std::string& text,
                    const std::vector<std::string>& choices) {
  if (std::find(choices.begin(), choices.end(), text) == choices.end())
    refuse(option, text, enumerated(choices));
}

std::string message_of(const Error& error) {
  std::string message = error.what();
  if (error.option().empty()) return message;
  std::string name = "--" + error.option();
  std::replace(name.begin(), name.end(), '_', '-');
  return name + message.substr(error.option().size());
}

std::string enumerated(const std::vector<std::string>& choices) {
  std::string text = choices.front();
  for (std::size_t i = 1; i < choices.size(); ++i) {
    text += i + 1 < choices.size() ? ", " : " or ";
    text += choices[i];
  }
  return text;
}

}  // namespace cellmnn
