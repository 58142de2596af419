#include "cellmnn/selection.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace cellmnn {
namespace {

/// Of the scores of a method, at one time or all.
struct MeanScore {
  double w1 = 0, seconds = 0;
  Index count = 0;
};

MeanScore mean_score(const std::vector<Score>& scores, const std::string& method,
                     std::optional<double> hold_out) {
  MeanScore mean;
  for (const Score& score : scores) {
    if (score.method != method || (hold_out && score.hold_out != *hold_out)) continue;
    mean.w1 += score.metrics.w1;
    mean.seconds += score.seconds;
    ++mean.count;
  }
  if (mean.count > 0) mean.w1 /= static_cast<double>(mean.count);
  return mean;
}

}  // namespace

std::vector<Selection> selections_of(const std::vector<std::string>& methods,
                                     const std::vector<std::string>& settings, const SuiteResult& result,
                                     const std::vector<InnerResult>& inner) {
  std::set<double> times;
  for (const Score& score : result.scores) times.insert(score.hold_out);
  std::vector<Selection> selections;
  for (const std::string& method : methods) {
    for (const double time : times) {
      Selection selection{method, time, {}, 0, false, 0};
      const auto inside = std::find_if(inner.begin(), inner.end(),
                                       [&](const InnerResult& each) { return each.hold_out == time; });
      bool is_complete = true;
      std::vector<Index> counts;
      for (const std::string& setting : settings) {
        const std::string name = method + setting;
        const MeanScore outer = mean_score(result.scores, name, time);
        const MeanScore within = inside == inner.end() ? MeanScore{} : mean_score(inside->scores, name, {});
        selection.candidates.push_back({name, within.w1, outer.w1});
        selection.seconds += within.seconds;
        counts.push_back(within.count);
        is_complete = is_complete && outer.count > 0;
      }
      if (!is_complete || settings.empty()) continue;
      selection.can_tell = counts.front() > 0 && std::all_of(counts.begin(), counts.end(), [&](Index count) {
                             return count == counts.front();
                           });
      if (selection.can_tell) {
        const auto best =
            std::min_element(selection.candidates.begin(), selection.candidates.end(),
                             [](const Candidate& a, const Candidate& b) { return a.inner_w1 < b.inner_w1; });
        selection.chosen = static_cast<std::size_t>(best - selection.candidates.begin());
      }
      selection.seconds +=
          mean_score(result.scores, selection.candidates[selection.chosen].method, time).seconds;
      selections.push_back(selection);
    }
  }
  return selections;
}

std::vector<Score> scores_of(const std::vector<Selection>& selections, const SuiteResult& result) {
  std::vector<Score> scores;
  for (const Selection& selection : selections) {
    std::vector<Score> chosen;
    for (const Score& score : result.scores) {
      if (score.method == selection.candidates[selection.chosen].method &&
          score.hold_out == selection.hold_out)
        chosen.push_back(score);
    }
    for (Score& score : chosen) {
      score.method = selection.method + " selected";
      score.seconds = selection.seconds / static_cast<double>(chosen.size());
      scores.push_back(score);
    }
  }
  return scores;
}

}  // namespace cellmnn
