#include "native/commands/scores/scoreboard.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "native/commands/scores/comparison.hpp"
#include "native/commands/scores/score_groups.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

constexpr Index kFew = 50;  // cells of a half

bool several_seeds(const std::vector<ScoreGroup>& groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [](const ScoreGroup& group) { return !group.halves() && group.seeds() > 1; });
}

/// 0 if all transport is exact.
Index largest_subset(const SuiteResult& result) {
  Index largest = 0;
  for (const Score& score : result.scores) largest = std::max(largest, score.metrics.subset);
  return largest;
}

std::string deviation_text(double value) { return value > 0 ? fixed(value, kScoreDigits) : "-"; }

/// What the halvings of a group are spread over, as two rows of as many columns as the header.
void add_range(const ScoreGroup& group, const std::set<double>& times, const MetricName& metric,
               std::size_t columns, Table& table) {
  std::vector<std::string> lowest = {group.label() + ", lowest"}, highest = {group.label() + ", highest"};
  const auto add = [&](const ScoreGroup& part, std::size_t hold_outs) {
    const auto [low, high] = part.range(metric, hold_outs);
    lowest.push_back(fixed(low, kScoreDigits));
    highest.push_back(fixed(high, kScoreDigits));
  };
  const std::map<double, ScoreGroup> by_time = group.split_by(&Score::hold_out);
  for (const double time : times) {
    const auto part = by_time.find(time);
    if (part != by_time.end()) {
      add(part->second, 1);
    } else {
      lowest.emplace_back("-");
      highest.emplace_back("-");
    }
  }
  if (times.size() > 1 && by_time.size() == times.size()) add(group, times.size());
  lowest.resize(columns, "-");
  highest.resize(columns, "-");
  table.add(lowest);
  table.add(highest);
}

/// The sentences without which the noise floor would be misread.
void add_notes_of_halves(const SuiteResult& result, std::vector<std::string>& notes) {
  std::map<double, std::size_t> halvings;
  for (const Score& score : result.scores) halvings[score.hold_out] += score.method == kNoiseFloor ? 1 : 0;
  std::size_t most = 0;
  std::string few;
  for (const auto& [time, count] : halvings) {
    most = std::max(most, count);
    const auto cells = result.held_out_cells.find(time);
    if (count == 0 || cells == result.held_out_cells.end() || cells->second / 2 >= kFew) continue;
    few += (few.empty() ? "" : ", ") + std::to_string(cells->second / 2) + " at t = " + number_text(time);
  }
  if (most == 0) return;
  notes.push_back("noise-floor is the mean of " + std::to_string(most) +
                  " random halvings of the held-out cells. A half has fewer cells than a snapshot, and fewer "
                  "cells are further apart: a good prediction can score below it.");
  if (few.empty()) return;
  notes.push_back("Few cells make noise-floor far too high: a half has " + few + ".");
}

}  // namespace

std::string caption(const SuiteResult& result, const MetricName& metric) {
  const bool is_transport = metric.standard_error != nullptr;
  const bool is_distance = metric.value != &Metrics::proportions && metric.value != &Metrics::gene_means;
  return (is_transport && largest_subset(result) == 0 ? "Exact " : "") + std::string(metric.title) +
         " between predicted and held-out cells" + (is_distance ? ", in whitened coordinates" : "") +
         "; lower is better";
}

Table score_table(const SuiteResult& result, const MetricName& metric) {
  const std::set<double> times = hold_outs_of(result);
  const std::vector<ScoreGroup> groups = groups_of(result);
  const bool with_seeds = several_seeds(groups), with_times = times.size() > 1;
  std::vector<std::string> header = {"method"};
  for (const double time : times) header.push_back("t = " + number_text(time));
  if (with_times) header.emplace_back("mean");
  if (with_seeds) header.emplace_back("sd (seeds)");
  if (with_times) header.emplace_back("sd (times)");
  Table table(header);
  for (const ScoreGroup& group : groups) {
    const std::map<double, ScoreGroup> by_time = group.split_by(&Score::hold_out);
    const bool complete = by_time.size() == times.size();  // a mean over fewer could not be compared
    std::vector<std::string> row = {group.label()};
    for (const double time : times) {
      const auto part = by_time.find(time);
      row.push_back(part == by_time.end() ? "-" : part->second.mean_text(metric));
    }
    if (with_times) row.push_back(complete ? group.mean_text(metric) : "-");
    if (with_seeds) {
      row.push_back(group.halves() ? "-" : deviation_text(group.deviation_over_seeds(metric)));
    }
    if (with_times) {
      row.push_back(complete ? deviation_text(group.deviation_over_hold_outs(metric)) : "-");
    }
    table.add(row);
    if (group.halves()) add_range(group, times, metric, row.size(), table);
  }
  return table;
}

std::vector<std::string> footnotes(const SuiteResult& result) {
  std::vector<std::string> notes;
  if (std::any_of(result.scores.begin(), result.scores.end(),
                  [](const Score& score) { return score.protocol == "paper"; })) {
    notes.emplace_back(
        "Protocol paper keeps the weights that are best on the held-out cells: it selects on the test set.");
  }
  if (const Index subset = largest_subset(result); subset > 0) {
    notes.push_back("W1 and W2 of more than 20,000 x 20,000 cells are means over " +
                    std::to_string(TransportLimits{}.subsets) + " random subsets of " + grouped(subset) +
                    " cells, +- their standard error. Subsets make them larger: compare with noise-floor.");
  }
  add_notes_of_halves(result, notes);
  std::map<std::string, std::string> methods_by_reason;
  for (const NotApplicable& each : result.not_applicable) {
    std::string& methods = methods_by_reason["t = " + number_text(each.hold_out) + ": " + each.reason];
    methods += methods.empty() ? "Not applicable: " : ", ";
    methods += each.method;
  }
  for (const auto& [reason, methods] : methods_by_reason) {
    notes.push_back(std::string(methods).append(" at ").append(reason).append("."));
  }
  return notes;
}

std::string score_markdown(const std::string& title, const SuiteResult& result, const MetricName& metric) {
  const std::vector<ScoreGroup> groups = groups_of(result);
  std::vector<MetricName> known;
  std::vector<std::string> header = {"method"};
  for (const MetricName& each : kMetrics) {
    if (std::none_of(groups.begin(), groups.end(), [&](const ScoreGroup& g) { return g.knows(each); }))
      continue;
    known.push_back(each);
    header.emplace_back(each.title);
  }
  Table means(header);
  for (const ScoreGroup& group : groups) {
    std::vector<std::string> row = {group.label()};
    for (const MetricName& each : known) {
      const double spread = group.halves() ? 0 : group.deviation_over_seeds(each);
      row.push_back(fixed(mean(group.values(each)), kScoreDigits) +
                    (spread > 0 ? " ± " + fixed(spread, kScoreDigits) : ""));
    }
    means.add(row);
  }
  std::string text =
      "# " + title + "\n\n" + caption(result, metric) + ".\n\n" + score_table(result, metric).markdown();
  text += "\nMeans over the hold-outs of each method";
  if (several_seeds(groups)) text += ", ± the standard deviation over seeds";
  text += ".\n\n" + means.markdown();
  const std::vector<Comparison> comparisons = comparisons_of(result);
  if (!comparisons.empty())
    text += "\n" + comparison_caption() + "\n\n" + comparison_table(comparisons).markdown();
  for (const std::string& note : footnotes(result)) text += "\n" + note + "\n";
  return text;
}

ordered_json score_json(const ordered_json& data, const SuiteResult& result) {
  ordered_json results = ordered_json::array(), summary = ordered_json::array(),
               not_applicable = ordered_json::array();
  for (const Score& score : result.scores) results.push_back(to_json(score));
  const std::vector<Comparison> comparisons = comparisons_of(result);
  for (const ScoreGroup& group : groups_of(result)) {
    ordered_json part = {{"method", group.method}, {"protocol", group.protocol}};
    for (const MetricName& metric : kMetrics) {
      if (!group.knows(metric)) continue;
      const std::string name = metric.name;
      part[name + "_mean"] = mean(group.values(metric));
      part[name + "_std"] = group.deviation_over_seeds(metric);
      part[name + "_std_hold_outs"] = group.deviation_over_hold_outs(metric);
      if (metric.standard_error != nullptr) part[name + "_se"] = group.standard_error(metric);
      if (!group.halves()) continue;
      const auto [lowest, highest] = group.range(metric, group.hold_outs());
      part[name + "_lowest"] = lowest;
      part[name + "_highest"] = highest;
    }
    part["hold_outs"] = group.hold_outs();
    part[group.halves() ? "halvings" : "seeds"] = group.seeds();
    if (const ordered_json against = comparison_json(comparisons, group); !against.empty())
      part["against"] = against;
    summary.push_back(part);
  }
  for (const NotApplicable& each : result.not_applicable) {
    not_applicable.push_back({{"method", each.method}, {"hold_out", each.hold_out}, {"reason", each.reason}});
  }
  return {{"data", data}, {"results", results}, {"summary", summary}, {"not_applicable", not_applicable}};
}

std::string score_csv(const SuiteResult& result) {
  std::vector<std::string> names;  // some scores may not know all metrics
  for (const Score& score : result.scores) {
    const ordered_json object = to_json(score);
    if (object.size() > names.size()) {
      names.clear();
      for (const auto& [name, value] : object.items()) names.push_back(name);
    }
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  if (!names.empty()) text += "\n";
  for (const Score& score : result.scores) {
    const ordered_json object = to_json(score);
    std::string line;
    for (const std::string& name : names) {
      if (&name != names.data()) line += ",";
      const auto value = object.find(name);
      if (value == object.end()) continue;
      line += value->is_string() ? csv_field(value->get<std::string>()) : json_text(*value);
    }
    text += line + "\n";
  }
  return text;
}

}  // namespace cellmnn
