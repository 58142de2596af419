#include "native/commands/shared/scoreboard.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "native/io/files/csv.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

constexpr int kDigits = 4;

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// n - 1 in the denominator; 0 for a single value.
double deviation(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double centre = mean(values);
  double sum = 0;
  for (const double value : values) sum += std::pow(value - centre, 2);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/// Scores of one method and protocol.
struct Group {
  std::string method, protocol;
  std::vector<const Score*> scores;

  std::string label() const { return protocol == "-" ? method : method + " (" + protocol + ")"; }

  std::vector<double> values(const MetricName& metric) const {
    std::vector<double> values;
    for (const Score* score : scores) values.push_back(score->metrics.*metric.value);
    return values;
  }

  template <typename Key>
  std::map<Key, Group> split_by(Key Score::*field) const {
    std::map<Key, Group> parts;
    for (const Score* score : scores) {
      Group& part = parts[score->*field];
      part.method = method;
      part.protocol = protocol;
      part.scores.push_back(score);
    }
    return parts;
  }

  /// Of the means over all scores that share `field`.
  template <typename Key>
  double deviation_over(Key Score::*field, const MetricName& metric) const {
    std::vector<double> means;
    for (const auto& [key, part] : split_by(field)) means.push_back(mean(part.values(metric)));
    return deviation(means);
  }

  /// Of the mean, from the subsets; 0 if exact.
  double standard_error(const MetricName& metric) const {
    if (metric.standard_error == nullptr) return 0;
    double sum = 0;
    for (const Score* score : scores) sum += std::pow(score->metrics.*metric.standard_error, 2);
    return std::sqrt(sum) / static_cast<double>(scores.size());
  }

  std::string mean_text(const MetricName& metric) const {
    const double error = standard_error(metric);
    return fixed(mean(values(metric)), kDigits) + (error > 0 ? " +- " + fixed(error, kDigits) : "");
  }
};

std::vector<Group> groups_of(const SuiteResult& result) {
  std::vector<Group> groups;
  for (const Score& score : result.scores) {
    const auto same = [&](const Group& g) {
      return g.method == score.method && g.protocol == score.protocol;
    };
    auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group == groups.end()) group = groups.insert(groups.end(), {score.method, score.protocol, {}});
    group->scores.push_back(&score);
  }
  return groups;
}

std::set<double> hold_outs_of(const SuiteResult& result) {
  std::set<double> times;
  for (const Score& score : result.scores) times.insert(score.hold_out);
  for (const NotApplicable& missing : result.not_applicable) times.insert(missing.hold_out);
  return times;
}

bool several_seeds(const std::vector<Group>& groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [](const Group& group) { return group.split_by(&Score::seed).size() > 1; });
}

/// 0 if all transport is exact.
Index largest_subset(const SuiteResult& result) {
  Index largest = 0;
  for (const Score& score : result.scores) largest = std::max(largest, score.metrics.subset);
  return largest;
}

std::string deviation_text(double value) { return value > 0 ? fixed(value, kDigits) : "-"; }

}  // namespace

std::string caption(const SuiteResult& result, const MetricName& metric) {
  const bool is_transport = metric.standard_error != nullptr;
  return (is_transport && largest_subset(result) == 0 ? "Exact " : "") + std::string(metric.title) +
         " between predicted and held-out cells, in whitened coordinates; lower is better";
}

Table score_table(const SuiteResult& result, const MetricName& metric) {
  const std::set<double> times = hold_outs_of(result);
  const std::vector<Group> groups = groups_of(result);
  const bool with_seeds = several_seeds(groups), with_times = times.size() > 1;
  std::vector<std::string> header = {"method"};
  for (const double time : times) header.push_back("t = " + number_text(time));
  if (with_times) header.emplace_back("mean");
  if (with_seeds) header.emplace_back("sd (seeds)");
  if (with_times) header.emplace_back("sd (times)");
  Table table(header);
  for (const Group& group : groups) {
    const std::map<double, Group> by_time = group.split_by(&Score::hold_out);
    const bool complete = by_time.size() == times.size();  // a mean over fewer could not be compared
    std::vector<std::string> row = {group.label()};
    for (const double time : times) {
      const auto part = by_time.find(time);
      row.push_back(part == by_time.end() ? "-" : part->second.mean_text(metric));
    }
    if (with_times) row.push_back(complete ? group.mean_text(metric) : "-");
    if (with_seeds) row.push_back(deviation_text(group.deviation_over(&Score::seed, metric)));
    if (with_times) {
      row.push_back(complete ? deviation_text(group.deviation_over(&Score::hold_out, metric)) : "-");
    }
    table.add(row);
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
  const std::vector<Group> groups = groups_of(result);
  std::vector<std::string> header = {"method"};
  for (const MetricName& each : kMetrics) header.emplace_back(each.title);
  Table means(header);
  for (const Group& group : groups) {
    std::vector<std::string> row = {group.label()};
    for (const MetricName& each : kMetrics) {
      const double spread = group.deviation_over(&Score::seed, each);
      row.push_back(fixed(mean(group.values(each)), kDigits) +
                    (spread > 0 ? " ± " + fixed(spread, kDigits) : ""));
    }
    means.add(row);
  }
  std::string text =
      "# " + title + "\n\n" + caption(result, metric) + ".\n\n" + score_table(result, metric).markdown();
  text += "\nMeans over the hold-outs of each method";
  if (several_seeds(groups)) text += ", ± the standard deviation over seeds";
  text += ".\n\n" + means.markdown();
  for (const std::string& note : footnotes(result)) text += "\n" + note + "\n";
  return text;
}

ordered_json score_json(const ordered_json& data, const SuiteResult& result) {
  ordered_json results = ordered_json::array(), summary = ordered_json::array(),
               not_applicable = ordered_json::array();
  for (const Score& score : result.scores) results.push_back(to_json(score));
  for (const Group& group : groups_of(result)) {
    ordered_json part = {{"method", group.method}, {"protocol", group.protocol}};
    for (const MetricName& metric : kMetrics) {
      const std::string name = metric.name;
      part[name + "_mean"] = mean(group.values(metric));
      part[name + "_std"] = group.deviation_over(&Score::seed, metric);
      part[name + "_std_hold_outs"] = group.deviation_over(&Score::hold_out, metric);
      if (metric.standard_error != nullptr) part[name + "_se"] = group.standard_error(metric);
    }
    part["hold_outs"] = group.split_by(&Score::hold_out).size();
    part["seeds"] = group.split_by(&Score::seed).size();
    summary.push_back(part);
  }
  for (const NotApplicable& each : result.not_applicable) {
    not_applicable.push_back({{"method", each.method}, {"hold_out", each.hold_out}, {"reason", each.reason}});
  }
  return {{"data", data}, {"results", results}, {"summary", summary}, {"not_applicable", not_applicable}};
}

std::string score_csv(const SuiteResult& result) {
  std::string text;
  for (const Score& score : result.scores) {
    const ordered_json object = to_json(score);
    std::string header, line;
    for (const auto& [name, value] : object.items()) {
      header += (header.empty() ? "" : ",") + name;
      line += (line.empty() ? "" : ",") +
              (value.is_string() ? csv_field(value.get<std::string>()) : json_text(value));
    }
    if (text.empty()) text = header + "\n";
    text += line + "\n";
  }
  return text;
}

}  // namespace cellmnn
