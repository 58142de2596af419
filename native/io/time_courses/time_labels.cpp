#include "native/io/time_courses/time_labels.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "cellmnn/error.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/io/time_courses/label_text.hpp"
#include "native/io/time_courses/time_units.hpp"

namespace cellmnn {
namespace {

constexpr std::ptrdiff_t kMaxLabels = 1000;

/// A label that is to be parsed.
struct Parsed {
  std::size_t index;  // in the column
  std::string label;
  LabelText text;
  std::optional<LabelUnit> unit;
};

/// Throws bad_input if more labels have cells than there are times of snapshots.
void require_few_labels(const LabelCounts& column) {
  const auto is_used = [](Index rows) { return rows > 0; };
  const auto count = std::count_if(column.rows.begin(), column.rows.end(), is_used);
  if (count > kMaxLabels) {
    throw Error(ErrorCode::bad_input,
                "it has " + std::to_string(count) +
                    " distinct values, expected the time of each snapshot and at most " +
                    std::to_string(kMaxLabels));
  }
}

void check_time_map(const LabelCounts& column, const std::map<std::string, double>& time_map) {
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

std::vector<std::string> names_of(const std::vector<Parsed>& labels) {
  std::vector<std::string> names;
  names.reserve(labels.size());
  for (const Parsed& each : labels) names.push_back(each.label);
  return names;
}

/// "0d = 0, 8h = 0.333"
std::string listed_times(const std::vector<Parsed>& labels) {
  std::string list;
  for (const Parsed& each : labels) {
    list += (list.empty() ? "" : ", ") + each.label + " = " + number_text(each.text.value);
  }
  return list;
}

/// Decides whether the dash of "D-7" is a minus: it is beside labels without a dash ("D0"), and not beside
/// "D-0".
void settle_signs(std::vector<Parsed>& labels, std::vector<std::string>& notes) {
  std::vector<Parsed> open;
  const Parsed* without = nullptr;
  bool dash_before_zero = false;
  for (const Parsed& each : labels) {
    if (each.text.sign == LabelSign::open) {
      open.push_back(each);
      dash_before_zero = dash_before_zero || each.text.value == 0;
    } else if (!each.text.is_range && without == nullptr) {
      without = &each;
    }
  }
  if (open.empty() || (dash_before_zero && without == nullptr)) return;
  const std::string dashes = "the dash in " + quoted_list(names_of(open));
  if (without != nullptr && !dash_before_zero) {
    for (Parsed& each : labels) {
      if (each.text.sign == LabelSign::open) each.text.value = -each.text.value;
    }
    notes.push_back(dashes + " is read as a minus, because '" + without->label +
                    "' has none; give --time-map for other times");
  } else {
    notes.push_back(dashes + " is not read as a minus ('" + open[0].label + "' is time " +
                    number_text(open[0].text.value) + "); give --time-map for other times");
  }
}

[[noreturn]] void refuse_mixture(const Parsed& a, const Parsed& b, const std::vector<Parsed>& labels) {
  constexpr std::size_t kShown = 4;
  std::string example;
  for (std::size_t i = 0; i < std::min(labels.size(), kShown); ++i) {
    example += (i > 0 ? "," : "") + labels[i].label + "=TIME";
  }
  if (labels.size() > kShown) example += ",...";
  throw Error(ErrorCode::bad_input,
              "the labels '" + a.label + "' and '" + b.label + "' do not count time in the same way (got " +
                  quoted_list(names_of(labels)) + "): give the times with --time-map \"" + example + "\"");
}

/// Refuses labels of which the number alone would not be the time.
void require_one_scale(const std::vector<Parsed>& labels) {
  const Parsed* unit = nullptr;
  const Parsed* words = nullptr;  // text around that is no unit
  for (const Parsed& each : labels) {
    if (each.text.bare()) continue;
    if (each.unit) {
      if (unit != nullptr && !same_origin(*unit->unit, *each.unit)) refuse_mixture(*unit, each, labels);
      if (unit != nullptr && unit->unit->name.empty() != each.unit->name.empty())
        refuse_mixture(*unit, each, labels);
      if (unit == nullptr || unit->unit->origin.empty()) unit = &each;
    } else {
      const bool other = words != nullptr &&
                         (words->text.before != each.text.before || words->text.after != each.text.after);
      if (other) refuse_mixture(*words, each, labels);
      words = &each;
    }
    if (unit != nullptr && words != nullptr) refuse_mixture(*unit, *words, labels);
  }
}

/// What is one unit for all labels after converting them; empty if there is none.
std::string settle_units(std::vector<Parsed>& labels, const LabelHints& hints, bool numbers,
                         std::vector<std::string>& notes) {
  const bool all_bare =
      std::all_of(labels.begin(), labels.end(), [](const Parsed& p) { return p.text.bare(); });
  if (all_bare) {
    for (Parsed& each : labels) each.unit = unit_of_key(hints.key);
  }
  const LabelUnit* largest = nullptr;
  const LabelUnit* smallest = nullptr;
  for (const Parsed& each : labels) {
    if (!each.unit || each.unit->name.empty()) continue;
    if (largest == nullptr || each.unit->minutes > largest->minutes) largest = &*each.unit;
    if (smallest == nullptr || each.unit->minutes < smallest->minutes) smallest = &*each.unit;
  }
  if (largest == nullptr) return hints.unit;
  LabelUnit target = *largest;
  if (!hints.unit.empty()) {
    const std::optional<LabelUnit> asked = unit_of_word(hints.unit);
    if (!asked) {
      throw Error(ErrorCode::usage, "--time-unit is '" + hints.unit + "', but the times are in " +
                                        largest->name + ", expected sec, min, h, d, w, mo or y");
    }
    target = *asked;
  } else if (const auto usual = unit_of_word(hints.usual_unit)) {
    target = *usual;
  }
  if (target.minutes == smallest->minutes && target.minutes == largest->minutes) return target.name;
  for (Parsed& each : labels) {
    if (each.unit) {
      each.text.value = each.text.value * each.unit->minutes / target.minutes;
    } else if (each.text.value != 0) {
      const auto other = std::find_if(labels.begin(), labels.end(), [](const Parsed& p) { return p.unit; });
      refuse_mixture(each, *other, labels);
    }
  }
  if (!numbers || smallest->minutes != largest->minutes || hints.unit.empty()) {
    notes.push_back("the times are converted to the unit " + target.name + " (" + listed_times(labels) +
                    "); give --time-map for others");
  }
  return target.name;
}

/// Whether the labels are ranges in an order that is meant and that their numbers have, too; says so where
/// they contradict.
bool are_ranks(const LabelCounts& column, const LabelHints& hints, const std::vector<Parsed>& labels,
               std::vector<std::string>& notes) {
  const bool ranges =
      std::all_of(labels.begin(), labels.end(), [](const Parsed& each) { return each.text.is_range; });
  if (!column.ordered || !column.numbers.empty() || !hints.time_map.empty() || labels.empty() || !ranges)
    return false;
  const bool ascending = std::is_sorted(labels.begin(), labels.end(), [](const Parsed& a, const Parsed& b) {
    return a.text.value < b.text.value;
  });
  if (!ascending) {
    notes.push_back("the order of the categories, " + quoted_list(names_of(labels)) +
                    ", is not that of their numbers, so the middles of the ranges are taken as times");
  }
  return ascending;
}

LabelTimes ranks(const LabelCounts& column, const LabelHints& hints) {
  if (unit_of_word(hints.unit)) {
    throw Error(ErrorCode::usage, "--time-unit is '" + hints.unit +
                                      "', but the labels are ordered ranges whose ranks are the times: give"
                                      " their times with --time-map");
  }
  LabelTimes result;
  result.unit = hints.unit;
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

double time_of_label(const std::string& label) { return label_text(label).value; }

LabelTimes times_of_labels(const LabelCounts& column, const LabelHints& hints) {
  check_time_map(column, hints.time_map);
  require_few_labels(column);
  LabelTimes result;
  result.times.assign(column.labels.size(), 0);
  std::vector<Parsed> labels;
  for (std::size_t i = 0; i < column.labels.size(); ++i) {
    const std::string& label = column.labels[i];
    if (const auto mapped = hints.time_map.find(label); mapped != hints.time_map.end()) {
      result.times[i] = mapped->second;
    } else if (column.rows[i] > 0) {
      LabelText text;
      if (column.numbers.empty()) {
        text = label_text(label);
        text.value = tidy_time(text.value);
      } else {
        text.value = column.numbers[i];
      }
      if (!std::isfinite(text.value))
        throw Error(ErrorCode::bad_input, "it holds the time " + label + ", expected finite times");
      labels.push_back({i, label, text, unit_of_label(text)});
    }
  }
  settle_signs(labels, result.notes);
  require_one_scale(labels);
  std::vector<std::string> notes = result.notes;
  result.unit = settle_units(labels, hints, !column.numbers.empty(), notes);
  if (are_ranks(column, hints, labels, notes)) return ranks(column, hints);
  result.notes = std::move(notes);
  for (const Parsed& each : labels) result.times[each.index] = each.text.value;
  return result;
}

std::string time_name(const Snapshot& snapshot) {
  const std::string time = number_text(snapshot.time);
  return snapshot.label.empty() || snapshot.label == time ? time : time + " (" + snapshot.label + ")";
}

}  // namespace cellmnn
