#include "native/commands/scoreboard.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "native/io/text.hpp"
#include "native/progress.hpp"

namespace cellmnn {
namespace {

bool asks_for(const ScoreRequest& request, const std::string& method) {
  return std::find(request.methods.begin(), request.methods.end(), method) != request.methods.end();
}

bool asks_for_baselines(const ScoreRequest& request) {
  return std::any_of(request.methods.begin(), request.methods.end(),
                     [](const std::string& method) { return method != "cellmnn"; });
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

/// Scores of one method and protocol.
struct Group {
  std::string method, protocol;
  std::vector<const Score*> scores;

  /// Not a number if there are no scores.
  double mean(double Score::*value) const {
    double sum = 0;
    for (const Score* score : scores) sum += score->*value;
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
    const double centre = mean(&Score::w1);
    double sum = 0;
    for (const auto& [seed, group] : by_seed) sum += std::pow(group.mean(&Score::w1) - centre, 2);
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
  static const std::vector<std::string> methods = {"previous",       "next",    "mixture",
                                                   "ot-interpolate", "cellmnn", "noise-floor"};
  return methods;
}

std::vector<Score> run_scores(const TimeCourse& data, const ScoreRequest& request, Session& session) {
  const std::size_t hold_outs = request.hold_outs.size(), seeds = request.seeds.size();
  const std::size_t trainings = asks_for(request, "cellmnn") ? hold_outs * seeds : 0;
  const std::size_t baselines = asks_for_baselines(request) ? hold_outs : 0;
  std::vector<std::vector<Score>> found(trainings + baselines);

  const Index steps = request.options.steps;
  const auto units = static_cast<std::int64_t>(trainings) * steps;
  Progress progress("evaluating", "step", std::max<std::int64_t>(units, 1),
                    session.quiet() || trainings == 0);

  const auto train = [&](std::size_t job) {
    TrainOptions options = request.options;
    options.seed = request.seeds[job % seeds];
    Index reported = 0;
    const auto advance_to = [&](Index done) { progress.advance(done - std::exchange(reported, done)); };
    found[job] = {train_and_score(data, request.hold_outs[job / seeds], options, request.protocol,
                                  session.pool(), [&](Index done, Index /*total*/) {
                                    advance_to(done);
                                    return true;
                                  })};
    advance_to(steps);
  };
  const auto run_job = [&](std::ptrdiff_t index) {
    const auto job = static_cast<std::size_t>(index);
    if (job < trainings) {
      train(job);
    } else {
      found[job] = baseline_scores(data, request.hold_outs[job - trainings], request.seeds.front());
    }
    for (const Score& score : found[job]) {
      if (asks_for(request, score.method)) session.log().write("score", json_of(score));
    }
  };
  // A single training has the whole pool; several take a thread each, which scales better.
  const std::ptrdiff_t alone = trainings == 1 ? 1 : 0;
  if (alone == 1) run_job(0);
  const auto run_rest = [&](std::ptrdiff_t index) { run_job(index + alone); };
  session.pool().run(static_cast<std::ptrdiff_t>(found.size()) - alone, run_rest);

  std::vector<Score> scores;
  for (const std::string& method : all_methods()) {
    if (!asks_for(request, method)) continue;
    for (const auto& part : found) {
      std::copy_if(part.begin(), part.end(), std::back_inserter(scores),
                   [&](const Score& score) { return score.method == method; });
    }
  }
  return scores;
}

Table score_table(const std::vector<Score>& scores) {
  std::set<double> hold_outs;
  for (const Score& score : scores) hold_outs.insert(score.hold_out);
  std::vector<std::string> header = {"method"};
  for (const double time : hold_outs) header.push_back("t = " + number_text(time));
  header.insert(header.end(), {"mean W1", "mean W2", "mean MMD^2"});
  Table table(header);
  for (const Group& group : groups_of(scores)) {
    std::vector<std::string> row = {group.method +
                                    (group.protocol == "-" ? "" : " (" + group.protocol + ")")};
    for (const double time : hold_outs) row.push_back(fixed(group.at(time).mean(&Score::w1), 4));
    const double deviation = group.w1_std();
    row.push_back(fixed(group.mean(&Score::w1), 4) + (deviation > 0 ? " +- " + fixed(deviation, 4) : ""));
    row.push_back(fixed(group.mean(&Score::w2), 4));
    row.push_back(fixed(group.mean(&Score::mmd), 4));
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
                       {"w1_mean", group.mean(&Score::w1)},
                       {"w1_std", group.w1_std()}});
  }
  return {{"data", data}, {"results", results}, {"summary", summary}};
}

}  // namespace cellmnn
