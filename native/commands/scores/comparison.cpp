#include "native/commands/scores/comparison.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cellmnn {
namespace {

std::string text_of(const Comparison& comparison) {
  const PairedDifference& difference = comparison.difference;
  const auto signed_text = [](double value) { return (value > 0 ? "+" : "") + fixed(value, kScoreDigits); };
  return comparison.verdict() + " " + signed_text(difference.mean) + " (" + signed_text(difference.low) +
         " to " + signed_text(difference.high) + ")";
}

}  // namespace

Table comparison_table(const std::vector<Comparison>& comparisons) {
  std::vector<std::string> header = {"method"};
  for (const char* name : kInterpolations) {
    if (std::any_of(comparisons.begin(), comparisons.end(),
                    [&](const Comparison& each) { return each.against == name; }))
      header.push_back(std::string("against ").append(name));
  }
  std::vector<std::vector<std::string>> rows;
  for (const Comparison& each : comparisons) {
    const std::string label = ScoreGroup{each.method, each.protocol, {}}.label();
    if (rows.empty() || rows.back().front() != label) {
      rows.emplace_back(header.size(), "-");
      rows.back().front() = label;
    }
    const auto column = std::find(header.begin(), header.end(), "against " + each.against);
    rows.back()[static_cast<std::size_t>(column - header.begin())] = text_of(each);
  }
  Table table(header);
  for (const std::vector<std::string>& row : rows) table.add(row);
  return table;
}

std::string comparison_caption() {
  return "Mean W1 less that of interpolation by optimal transport; 95 % intervals over held-out cells and "
         "seeds (paired bootstrap).";
}

nlohmann::ordered_json comparison_json(const std::vector<Comparison>& comparisons, const ScoreGroup& method) {
  nlohmann::ordered_json against = nlohmann::ordered_json::object();
  for (const Comparison& each : comparisons) {
    if (each.method != method.method || each.protocol != method.protocol) continue;
    nlohmann::ordered_json& fields = against[each.against];
    for_comparison_fields(each, [&](const char* name, const auto& value) { fields[name] = value; });
  }
  return against;
}

}  // namespace cellmnn
