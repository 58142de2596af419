#include "native/commands/scores/score_groups.hpp"

#include <algorithm>
#include <cmath>

#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

double deviation(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double centre = mean(values);
  double sum = 0;
  for (const double value : values) sum += std::pow(value - centre, 2);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

template <typename Key>
double deviation_over(const ScoreGroup& group, Key Score::*field, const MetricName& metric) {
  std::vector<double> means;
  for (const auto& [key, part] : group.split_by(field)) means.push_back(mean(part.values(metric)));
  return deviation(means);
}

}  // namespace

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

std::vector<double> ScoreGroup::values(const MetricName& metric) const {
  std::vector<double> values;
  for (const Score* score : scores) values.push_back(score->metrics.*metric.value);
  return values;
}

bool ScoreGroup::knows(const MetricName& metric) const {
  return std::none_of(scores.begin(), scores.end(),
                      [&](const Score* score) { return std::isnan(score->metrics.*metric.value); });
}

double ScoreGroup::deviation_over_hold_outs(const MetricName& metric) const {
  return deviation_over(*this, &Score::hold_out, metric);
}

double ScoreGroup::deviation_over_seeds(const MetricName& metric) const {
  return deviation_over(*this, &Score::seed, metric);
}

std::pair<double, double> ScoreGroup::range(const MetricName& metric, std::size_t hold_outs) const {
  std::vector<double> means;
  for (const auto& [seed, part] : split_by(&Score::seed)) {
    if (part.scores.size() == hold_outs) means.push_back(mean(part.values(metric)));
  }
  const auto [lowest, highest] = std::minmax_element(means.begin(), means.end());
  return {*lowest, *highest};
}

double ScoreGroup::standard_error(const MetricName& metric) const {
  if (metric.standard_error == nullptr) return 0;
  double sum = 0;
  for (const Score* score : scores) sum += std::pow(score->metrics.*metric.standard_error, 2);
  return std::sqrt(sum) / static_cast<double>(scores.size());
}

std::string ScoreGroup::mean_text(const MetricName& metric) const {
  const double error = standard_error(metric);
  return fixed(mean(values(metric)), kScoreDigits) + (error > 0 ? " +- " + fixed(error, kScoreDigits) : "");
}

std::vector<ScoreGroup> groups_of(const SuiteResult& result) {
  std::vector<ScoreGroup> groups;
  for (const Score& score : result.scores) {
    const auto same = [&](const ScoreGroup& g) {
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

}  // namespace cellmnn
