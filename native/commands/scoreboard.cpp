#include "native/commands/scoreboard.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/io/text.hpp"
#include "native/progress.hpp"

namespace cellmnn {
namespace {

constexpr const char* kTrained = "cellmnn";  // the other methods are baselines

bool asks_for(const ScoreRequest& request, const std::string& method) {
  return std::find(request.methods.begin(), request.methods.end(), method) != request.methods.end();
}

bool asks_for_baselines(const ScoreRequest& request) {
  return std::any_of(request.methods.begin(), request.methods.end(),
                     [](const std::string& method) { return method != kTrained; });
}

nlohmann::ordered_json json_of(const Score& score) {
  return {{"method", score.method},
          {"protocol", score.protocol},
          {"hold_out", score.hold_out},
          {"seed", score.seed},
          {"w1", score.w1},
          {"w2", score.w2},
          {"mmd", score.mmd},
          {"seconds", score.seconds}};
}

std::vector<Score> baselines(const TimeCourse& data, const ScoreRequest& request, Session& session) {
  std::vector<std::vector<Score>> found(request.hold_outs.size());
  session.pool().run(static_cast<std::ptrdiff_t>(found.size()), [&](std::ptrdiff_t block) {
    const auto job = static_cast<std::size_t>(block);
    found[job] = baseline_scores(data, request.hold_outs[job], request.seeds.front());
    for (const Score& score : found[job]) {
      if (asks_for(request, score.method)) session.log().write("score", json_of(score));
    }
  });
  std::vector<Score> scores;
  for (const auto& part : found) scores.insert(scores.end(), part.begin(), part.end());
  return scores;
}

/// A training takes a thread, which scales best; a single one has the whole pool.
std::vector<Score> trainings(const TimeCourse& data, const ScoreRequest& request, Session& session) {
  const std::size_t seeds = request.seeds.size();
  std::vector<Score> scores(request.hold_outs.size() * seeds);
  const Index steps = request.options.steps;
  Progress progress("training", "step", static_cast<std::int64_t>(scores.size()) * steps, session.quiet());
  session.pool().run(static_cast<std::ptrdiff_t>(scores.size()), [&](std::ptrdiff_t block) {
    const auto job = static_cast<std::size_t>(block);
    TrainOptions options = request.options;
    options.seed = request.seeds[job % seeds];
    Index shown = 0;
    const auto show = [&](Index done, Index /*total*/) {
      progress.advance(done - std::exchange(shown, done));
      return true;
    };
    scores[job] = train_and_score(data, request.hold_outs[job / seeds], options, request.protocol,
                                  session.pool(), show);
    show(steps, steps);  // Protocol::paper may stop early
    session.log().write("score", json_of(scores[job]));
  });
  return scores;
}

/// Scores of one method and protocol.
struct Group {
  std::string method, protocol;
  std::vector<const Score*> scores;

  /// Not a number if there are no scores.
  double w1_mean() const {
    double sum = 0;
    for (const Score* score : scores) sum += score->w1;
    return sum / static_cast<double>(scores.size());
  }

  Group at(double hold_out) const {
    Group part{method, protocol, {}};
    std::copy_if(scores.begin(), scores.end(), std::back_inserter(part.scores),
                 [&](const Score* score) { return score->hold_out == hold_out; });
    return part;
  }

  /// Of the seeds' means, n - 1 in the denominator; 0 for a single seed.
  double w1_std() const {
    std::map<std::uint64_t, Group> by_seed;
    for (const Score* score : scores) by_seed[score->seed].scores.push_back(score);
    if (by_seed.size() < 2) return 0;
    const double centre = w1_mean();
    double sum = 0;
    for (const auto& [seed, group] : by_seed) sum += std::pow(group.w1_mean() - centre, 2);
    return std::sqrt(sum / static_cast<double>(by_seed.size() - 1));
  }
};

std::vector<Group> groups_of(const std::vector<Score>& scores) {
  std::vector<Group> groups;
  for (const Score& score : scores) {
    const auto same = [&](const Group& g) {
      return g.method == score.method && g.protocol == score.protocol;
    };
    auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group == groups.end()) group = groups.insert(groups.end(), {score.method, score.protocol, {}});
    group->scores.push_back(&score);
  }
  return groups;
}

}  // namespace

const std::vector<std::string>& all_methods() {
  static const std::vector<std::string> methods = {"previous",       "next",   "mixture",
                                                   "ot-interpolate", kTrained, "noise-floor"};
  return methods;
}

std::vector<Index> inner_snapshots(const TimeCourse& data) {
  const std::size_t times = data.snapshots.size();
  if (times < 3) {
    throw Error(ErrorCode::bad_input, "the data have only " + std::to_string(times) +
                                          " times: there is none between the first and the last to hold out");
  }
  std::vector<Index> indices(times - 2);
  std::iota(indices.begin(), indices.end(), Index{1});
  return indices;
}

std::vector<Score> run_scores(const TimeCourse& data, const ScoreRequest& request, Session& session) {
  std::vector<Score> found =
      asks_for_baselines(request) ? baselines(data, request, session) : std::vector<Score>{};
  if (asks_for(request, kTrained)) {
    const std::vector<Score> trained = trainings(data, request, session);
    found.insert(found.end(), trained.begin(), trained.end());
  }
  std::vector<Score> ordered;
  for (const std::string& method : all_methods()) {
    if (!asks_for(request, method)) continue;
    std::copy_if(found.begin(), found.end(), std::back_inserter(ordered),
                 [&](const Score& score) { return score.method == method; });
  }
  return ordered;
}

Table score_table(const std::vector<Score>& scores) {
  std::set<double> hold_outs;
  for (const Score& score : scores) hold_outs.insert(score.hold_out);
  std::vector<std::string> header = {"method"};
  for (const double time : hold_outs) header.push_back("t = " + number_text(time));
  header.emplace_back("mean");
  Table table(header);
  for (const Group& group : groups_of(scores)) {
    std::vector<std::string> row = {group.method +
                                    (group.protocol == "-" ? "" : " (" + group.protocol + ")")};
    for (const double time : hold_outs) row.push_back(fixed(group.at(time).w1_mean(), 4));
    const double deviation = group.w1_std();
    row.push_back(fixed(group.w1_mean(), 4) + (deviation > 0 ? " +- " + fixed(deviation, 4) : ""));
    table.add(row);
  }
  return table;
}

nlohmann::ordered_json score_json(const nlohmann::ordered_json& data, const std::vector<Score>& scores) {
  nlohmann::ordered_json results = nlohmann::ordered_json::array(), summary = nlohmann::ordered_json::array();
  for (const Score& score : scores) results.push_back(json_of(score));
  for (const Group& group : groups_of(scores)) {
    summary.push_back({{"method", group.method},
                       {"protocol", group.protocol},
                       {"w1_mean", group.w1_mean()},
                       {"w1_std", group.w1_std()}});
  }
  return {{"data", data}, {"results", results}, {"summary", summary}};
}

}  // namespace cellmnn
