#include "native/commands/scores/population_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "native/commands/scores/cloud_json.hpp"

namespace cellmnn {
namespace {

using nlohmann::ordered_json;

struct Property {
  const MetricName& metric;
  const char* title;
  const char* intervals;
  void (*count)(const PopulationForecast&, Coverage&);
};

const std::array<Property, 2>& properties() {
  static const std::array<Property, 2> both = {{
      {kProportions, "types", "types in 80 %", count_shares},
      {kGeneMeans, "gene means", "gene means in 80 %", count_gene_means},
  }};
  return both;
}

bool knows(const SuiteResult& result, const MetricName& metric) {
  return std::any_of(result.scores.begin(), result.scores.end(),
                     [&](const Score& score) { return !std::isnan(score.metrics.*metric.value); });
}

std::string coverage_text(const ScoreGroup& group, const std::vector<PopulationForecast>& forecasts,
                          const Property& property) {
  if (group.halves()) return "-";
  Coverage coverage;
  for (const PopulationForecast& each : forecasts)
    if (each.method == group.method && each.protocol == group.protocol) property.count(each, coverage);
  if (coverage.told == 0) return "cannot tell";
  const double percent = 100 * static_cast<double>(coverage.within) / static_cast<double>(coverage.told);
  return grouped(coverage.within) + " of " + grouped(coverage.told) + " (" + fixed(percent, 0) + " %)";
}

ordered_json values_json(const ForecastValues& values) {
  ordered_json json = {{"predicted", to_json(values.predicted)}, {"measured", to_json(values.measured)}};
  if (values.low.size() > 0) {
    json["low"] = to_json(values.low);
    json["high"] = to_json(values.high);
  }
  return json;
}

}  // namespace

bool has_compositions(const SuiteResult& result) {
  return std::any_of(properties().begin(), properties().end(),
                     [&](const Property& property) { return knows(result, property.metric); });
}

Table population_table(const SuiteResult& result, const std::vector<PopulationForecast>& forecasts,
                       bool with_intervals) {
  std::vector<std::string> header = {"method"};
  for (const Property& property : properties()) {
    if (!knows(result, property.metric)) continue;
    header.emplace_back(property.title);
    if (with_intervals) header.emplace_back(property.intervals);
  }
  Table table(header);
  const std::size_t times = hold_outs_of(result).size();
  for (const ScoreGroup& group : groups_of(result)) {
    std::vector<std::string> row = {group.label()};
    for (const Property& property : properties()) {
      if (!knows(result, property.metric)) continue;
      const bool complete = group.hold_outs() == times && group.knows(property.metric);
      row.push_back(complete ? fixed(mean(group.values(property.metric)), kScoreDigits) : "-");
      if (with_intervals) row.push_back(coverage_text(group, forecasts, property));
    }
    table.add(row);
  }
  return table;
}

std::string population_caption(const SuiteResult& result, bool with_intervals) {
  std::string text = "What the populations are made of; means over the times, lower is better.";
  if (knows(result, kProportions))
    text += "\n  types: total variation between predicted and measured shares of types of cells";
  if (knows(result, kGeneMeans))
    text += "\n  gene means: root mean square error; interpolating the means is 'mixture'";
  if (with_intervals) text += "\n  in 80 %: measured values within the 80 % intervals of the predicted ones";
  return text;
}

ordered_json population_json(const TimeCourse& data, const std::vector<PopulationForecast>& forecasts) {
  ordered_json populations = ordered_json::array();
  for (const PopulationForecast& each : forecasts) {
    ordered_json population = {
        {"method", each.method}, {"protocol", each.protocol}, {"hold_out", each.hold_out}};
    if (each.shares) population["shares"] = values_json(*each.shares);
    if (each.gene_means) population["gene_means"] = values_json(*each.gene_means);
    populations.push_back(population);
  }
  return {{"types", data.type_names}, {"genes", data.gene_space.genes}, {"populations", populations}};
}

}  // namespace cellmnn
