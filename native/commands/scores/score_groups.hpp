/// The scores of a suite by method: means, ranges and deviations.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "native/commands/scores/score_json.hpp"
#include "native/commands/scores/suite.hpp"

namespace cellmnn {

constexpr int kScoreDigits = 4;

double mean(const std::vector<double>& values);

/// Scores of one method and protocol.
struct ScoreGroup {
  std::string method, protocol;
  std::vector<const Score*> scores;

  /// Whether the scores are of halvings and not of trainings.
  bool halves() const { return method == kNoiseFloor; }

  std::string label() const { return protocol == "-" ? method : method + " (" + protocol + ")"; }
  std::vector<double> values(const MetricName& metric) const;
  bool knows(const MetricName& metric) const;  ///< of all scores

  template <typename Key>
  std::map<Key, ScoreGroup> split_by(Key Score::*field) const {
    std::map<Key, ScoreGroup> parts;
    for (const Score* score : scores) {
      ScoreGroup& part = parts[score->*field];
      part.method = method;
      part.protocol = protocol;
      part.scores.push_back(score);
    }
    return parts;
  }

  std::size_t hold_outs() const { return split_by(&Score::hold_out).size(); }
  std::size_t seeds() const { return split_by(&Score::seed).size(); }

  /// Of the means over seeds, by hold-out, and of the means over hold-outs, by seed: n - 1 in the
  /// denominator, 0 for a single one.
  double deviation_over_hold_outs(const MetricName& metric) const;
  double deviation_over_seeds(const MetricName& metric) const;

  /// The lowest and the highest mean over `hold_outs` times of one seed; seeds with fewer times do not count.
  std::pair<double, double> range(const MetricName& metric, std::size_t hold_outs) const;

  /// Of the mean, from the subsets; 0 if exact.
  double standard_error(const MetricName& metric) const;
  std::string mean_text(const MetricName& metric) const;  ///< with the standard error unless it is 0
};

/// In the order of their first scores.
std::vector<ScoreGroup> groups_of(const SuiteResult& result);

/// All of them, also where no method has an answer.
std::set<double> hold_outs_of(const SuiteResult& result);

}  // namespace cellmnn
