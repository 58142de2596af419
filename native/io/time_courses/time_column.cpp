#include "native/io/time_courses/time_column.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/time_labels.hpp"

namespace cellmnn {
namespace {

/// The times that are given, else those that are usual of labels that the usual column has.
std::map<std::string, double> times_to_use(const LabelCounts& column, const std::string& key,
                                           const DataOptions& options) {
  if (!options.time_map.empty()) return options.time_map;
  std::map<std::string, double> times;
  if (key != options.usual_time_key) return times;
  for (const std::string& label : column.labels) {
    const auto found = options.usual_times.find(label);
    if (found != options.usual_times.end()) times.insert(*found);
  }
  return times;
}

TimeColumn read_time_column(const TimeCandidates& candidates, const std::string& key,
                            const DataOptions& options) {
  TimeColumn time{key, tidy_times(candidates.read(key)), {}, {}, {}};
  const std::string what = candidates.kind + " '" + key + "': ";
  try {
    LabelTimes understood = times_of_labels(time.column, {times_to_use(time.column, key, options),
                                                          options.time_unit, key, options.usual_time_unit});
    time.times = std::move(understood.times);
    time.unit = std::move(understood.unit);
    for (const std::string& note : understood.notes) time.notes.push_back(what + note);
  } catch (const Error& error) {
    throw Error(error.code(), candidates.path + ": " + what + error.what());
  }
  return time;
}

Index distinct_times(const TimeColumn& time) {
  std::set<double> times;
  for (std::size_t i = 0; i < time.times.size(); ++i) {
    if (time.column.rows[i] > 0) times.insert(time.times[i]);
  }
  return static_cast<Index>(times.size());
}

/// The only one of several columns that can be read and has two times or more.
TimeColumn only_usable_column(const TimeCandidates& candidates, const std::vector<std::string>& names,
                              const DataOptions& options) {
  std::vector<TimeColumn> usable;
  std::optional<Error> failure;
  for (const std::string& name : names) {
    try {
      TimeColumn time = read_time_column(candidates, name, options);
      if (distinct_times(time) >= 2) usable.push_back(std::move(time));
    } catch (const ReadFailure&) {
      throw;
    } catch (const Error& error) {
      failure = error;
    }
  }
  if (usable.size() == 1) return std::move(usable[0]);
  if (usable.empty() && failure) throw Error(*failure);
  if (usable.empty()) {
    throw file_error(candidates.path, "none of " + quoted_list(names) + " has two times or more");
  }
  std::vector<std::string> keys;
  keys.reserve(usable.size());
  for (const TimeColumn& time : usable) keys.push_back(time.key);
  throw file_error(candidates.path, "more than one " + candidates.kind +
                                        " could hold the time: choose one of " + quoted_list(keys) +
                                        " with --time-key");
}

}  // namespace

bool is_time_name(const std::string& name) {
  constexpr std::array<std::string_view, 11> names = {
      "day",  "day_numerical",         "sample_labels",        "timepoint", "samples", "time point", "stage",
      "hour", "sctimebench_timepoint", "time_point_processed", "time"};
  return std::find(names.begin(), names.end(), lower_case(name)) != names.end();
}

TimeColumn find_time_column(const TimeCandidates& candidates, const DataOptions& options) {
  const std::vector<std::string>& names = candidates.names;
  const std::string& kind = candidates.kind;
  const std::string existing = names.empty() ? "it has none" : "those that exist are " + quoted_list(names);
  if (options.time_key) {
    if (std::find(names.begin(), names.end(), *options.time_key) == names.end()) {
      throw file_error(candidates.path,
                       "there is no " + kind + " '" + *options.time_key + "' (--time-key): " + existing);
    }
    return read_time_column(candidates, *options.time_key, options);
  }
  const std::string& of_model = options.usual_time_key;
  if (!of_model.empty() && std::find(names.begin(), names.end(), of_model) != names.end()) {
    return read_time_column(candidates, of_model, options);
  }
  std::vector<std::string> usual;
  std::copy_if(names.begin(), names.end(), std::back_inserter(usual), is_time_name);
  if (usual.empty()) {
    throw file_error(candidates.path, "no " + kind + " has a usual name of a time, such as 'day': " +
                                          existing + "; choose one with --time-key");
  }
  if (usual.size() == 1) return read_time_column(candidates, usual[0], options);
  return only_usable_column(candidates, usual, options);
}

void make_snapshots(const TimeColumn& time, DataFile& file) {
  const LabelCounts& column = time.column;
  if (column.missing > 0) {
    throw file_error(file.path, std::to_string(column.missing) + " of " + std::to_string(column.all_rows()) +
                                    " cells have no time in '" + time.key +
                                    "': remove them or give them one");
  }
  file.time_key = time.key;
  file.time_unit = time.unit;
  file.warnings.insert(file.warnings.end(), time.notes.begin(), time.notes.end());

  std::map<double, std::vector<std::string>> labels_at;
  std::vector<std::string> unused;
  for (std::size_t i = 0; i < column.labels.size(); ++i) {
    if (column.rows[i] == 0) {
      unused.push_back(column.labels[i]);
      continue;
    }
    file.times.push_back({column.labels[i], time.times[i], column.rows[i]});
    labels_at[time.times[i]].push_back(column.labels[i]);
  }
  std::stable_sort(file.times.begin(), file.times.end(),
                   [](const TimeLabel& a, const TimeLabel& b) { return a.time < b.time; });
  if (!unused.empty()) {
    file.warnings.push_back("'" + time.key + "' has labels without a cell: " + quoted_list(unused));
  }

  for (const auto& [when, labels] : labels_at) {
    std::string label = labels[0];
    for (std::size_t i = 1; i < labels.size(); ++i) label += ", " + labels[i];
    if (labels.size() > 1) {
      file.warnings.push_back("the labels " + quoted_list(labels) + " of '" + time.key + "' are all time " +
                              number_text(when) + " and make one snapshot");
    }
    file.data.snapshots.push_back({when, label, {}, {}});
  }
}

TimeLookUp::TimeLookUp(const TimeColumn& time) {
  for (std::size_t i = 0; i < time.times.size(); ++i) times_[time.column.labels[i]] = time.times[i];
}

Vector<double> TimeLookUp::operator()(const LabelColumn& rows) const {
  std::vector<double> of_labels;
  for (std::size_t i = 0; i < rows.labels.size(); ++i) {
    const auto found =
        times_.find(rows.numbers.empty() ? rows.labels[i] : number_text(tidy_time(rows.numbers[i])));
    of_labels.push_back(found == times_.end() ? 0 : found->second);  // of a category without cells
  }
  Vector<double> times(std::ssize(rows.codes));
  for (Index i = 0; i < times.size(); ++i) {
    const std::int32_t code = rows.codes[static_cast<std::size_t>(i)];
    times(i) = code < 0 ? std::nan("") : of_labels[static_cast<std::size_t>(code)];
  }
  return times;
}

Error changed_meanwhile(const DataFile& file) {
  return file_error(file.path, "has changed while it was read: its cells have other times than before");
}

void place_rows(const Vector<double>& times, Index first, DataFile& file) {
  const std::vector<Snapshot>& snapshots = file.data.snapshots;
  file.rows.resize(snapshots.size());
  for (Index i = 0; i < times.size(); ++i) {
    const auto at = std::lower_bound(snapshots.begin(), snapshots.end(), times(i),
                                     [](const Snapshot& each, double time) { return each.time < time; });
    if (at == snapshots.end() || at->time != times(i)) throw changed_meanwhile(file);
    file.rows[static_cast<std::size_t>(at - snapshots.begin())].push_back(first + i);
  }
}

void sort_into_snapshots(const TimeColumn& time, const LabelColumn& column, DataFile& file) {
  make_snapshots(time, file);
  place_rows(TimeLookUp(time)(column), 0, file);
}

std::vector<float*> row_targets(DataFile& file, Matrix<float> Snapshot::*matrix, Index columns) {
  std::size_t cells = 0;
  for (const std::vector<Index>& rows : file.rows) cells += rows.size();
  std::vector<float*> targets(cells);
  for (std::size_t k = 0; k < file.rows.size(); ++k) {
    Matrix<float>& values = file.data.snapshots[k].*matrix;
    values = Matrix<float>::Zero(static_cast<Index>(file.rows[k].size()), columns);
    float* row = values.data();
    for (const Index target : file.rows[k]) {
      targets[static_cast<std::size_t>(target)] = row;
      row += columns;
    }
  }
  return targets;
}

}  // namespace cellmnn
