#include "native/io/time_courses/time_units.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <string_view>

#include "cellmnn/time_units.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

constexpr double kDay = 24 * 60, kWeek = 7 * kDay;

constexpr const char* kConception = "conception";
constexpr const char* kBirth = "birth";
constexpr const char* kLastPeriod = "the last period";

std::optional<LabelUnit> plain_unit(std::string_view word) {
  const auto unit = unit_of_time(word);
  return unit ? std::optional(LabelUnit{std::string(unit->name), unit->minutes, ""}) : std::nullopt;
}

/// "hpf", "dpi", "wpc": units post something; "pcw" and "gw".
std::optional<LabelUnit> counted_unit(std::string_view word) {
  if (word == "pcw") return LabelUnit{"w", kWeek, kConception};
  if (word == "pcd") return LabelUnit{"d", kDay, kConception};
  if (word == "gw") return LabelUnit{"w", kWeek, kLastPeriod};
  if (word == "pnd") return LabelUnit{"d", kDay, kBirth};
  if (word.size() != 3 || word[1] != 'p' || !is_one_of(word.substr(0, 1), {"h", "d", "w"}))
    return std::nullopt;
  LabelUnit unit = *plain_unit(word.substr(0, 1));
  unit.origin = word[2] == 'c' ? kConception : std::string(word.substr(1));
  return unit;
}

/// Words before the number: "E8.5" is an embryo's day, "P2" a day after birth, "t2" no unit.
std::optional<LabelUnit> leading_unit(std::string_view word) {
  if (word == "e" || word == "ed") return LabelUnit{"d", kDay, kConception};
  if (word == "p" || word == "pn" || word == "pd") return LabelUnit{"d", kDay, kBirth};
  if (is_one_of(word, {"t", "tp", "time", "timepoint"})) return LabelUnit{};
  if (word == "y") return std::nullopt;  // more often a name
  if (auto unit = counted_unit(word)) return unit;
  return plain_unit(word);
}

std::optional<LabelUnit> trailing_unit(std::string_view word) {
  if (auto unit = counted_unit(word)) return unit;
  return plain_unit(word);
}

}  // namespace

std::optional<LabelUnit> unit_of_word(const std::string& word) {
  return trailing_unit(lower_case(trimmed(word)));
}

std::optional<LabelUnit> unit_of_label(const LabelText& label) {
  auto before = leading_unit(last_word(label.before));
  auto after = trailing_unit(first_word(label.after));
  if (!before || !after) return before ? before : after;
  if (before->name.empty()) return after;
  if (before->name == after->name) return before->origin.empty() ? after : before;
  return std::nullopt;
}

std::optional<LabelUnit> unit_of_key(const std::string& key) {
  std::string text = lower_case(key);
  for (char& c : text) c = std::isalpha(static_cast<unsigned char>(c)) != 0 ? c : ' ';
  std::optional<LabelUnit> unit;
  for (std::string_view rest = trimmed(text); !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (const auto found = trailing_unit(word); found && word.size() > 2) {
      if (unit) return std::nullopt;
      unit = found;
    }
    rest = trimmed(rest.substr(end));
  }
  return unit;
}

bool same_origin(const LabelUnit& a, const LabelUnit& b) {
  if (a.origin == b.origin) return true;
  const std::string& other = a.origin.empty() ? b.origin : a.origin;
  const bool one_is_plain = a.origin.empty() || b.origin.empty();
  return one_is_plain && other != kConception && other != kBirth && other != kLastPeriod;
}

}  // namespace cellmnn
