#include "cellmnn/inner_suite.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"

namespace cellmnn {
namespace {

std::string without(double hold_out) { return " without t = " + text(hold_out); }

}  // namespace

std::vector<InnerSuite> inner_suites(const TimeCourse& data, const SuiteRequest& request) {
  std::vector<InnerSuite> suites;
  const Index last = std::ssize(data.snapshots) - 1;
  for (const Index hold_out : request.hold_outs) {
    PredictionTask task = prediction_task(data, hold_out, request.ahead);
    const Index left = std::ssize(task.training.snapshots);
    if (left < request.ahead + 2) continue;
    SuiteRequest inner = request;
    inner.hold_outs =
        hold_out == last ? std::vector<Index>{left - 1} : inner_snapshots(task.training, request.ahead);
    inner.label += without(task.held_out.time);
    std::erase(inner.methods, kNoiseFloor);
    suites.push_back({task.held_out.time, std::move(task.training), std::move(inner)});
  }
  return suites;
}

std::vector<InnerResult> inner_results(const std::vector<InnerSuite>& suites,
                                       std::vector<SuiteResult> results) {
  std::vector<InnerResult> merged;
  for (std::size_t k = 0; k < suites.size(); ++k) {
    const double hold_out = suites[k].hold_out;
    auto found = std::find_if(merged.begin(), merged.end(),
                              [&](const InnerResult& each) { return each.hold_out == hold_out; });
    if (found == merged.end()) {
      found = merged.insert(found, {hold_out, {}, suites[k].request.ahead, {}});
      for (const Snapshot& snapshot : suites[k].training.snapshots)
        found->training_times.push_back(snapshot.time);
    }
    for (Score& score : results[k].scores) {
      score.method.resize(score.method.size() - without(hold_out).size());
      found->scores.push_back(std::move(score));
    }
  }
  return merged;
}

}  // namespace cellmnn
