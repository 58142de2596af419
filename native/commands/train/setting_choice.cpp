#include "native/commands/train/setting_choice.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/commands/scores/score_groups.hpp"
#include "native/commands/scores/suite.hpp"
#include "native/io/files/journal.hpp"

namespace cellmnn {
namespace {

std::string name_of(const std::string& change) { return change.empty() ? "unchanged" : change; }

double mean_w1(const SuiteResult& result) {
  double sum = 0;
  for (const Score& score : result.scores) sum += score.metrics.w1;
  return sum / static_cast<double>(result.scores.size());
}

}  // namespace

Table SettingChoice::table() const {
  Table table({"setting", "inner W1", ""});
  for (std::size_t i = 0; i < changes.size(); ++i)
    table.add({name_of(changes[i]), fixed(inner_w1[i], kScoreDigits), i == chosen ? "chosen" : ""});
  return table;
}

nlohmann::json SettingChoice::json() const {
  nlohmann::json scores = nlohmann::json::object();
  for (std::size_t i = 0; i < changes.size(); ++i) scores[name_of(changes[i])] = inner_w1[i];
  return {{"chosen", name_of(changes[chosen])}, {"inner_w1", scores}};
}

SettingChoice choose_setting(const TimeCourse& data, const std::vector<Setting>& settings, bool two_sided,
                             const std::string& path, Session& session) {
  if (data.snapshots.size() < 3) {
    throw Error(ErrorCode::bad_input,
                "--select needs a snapshot between the first and the last one, to hold it out, but the "
                "training has " +
                    std::to_string(data.snapshots.size()) + " snapshots");
  }
  std::vector<SuiteRequest> requests;
  for (const Setting& setting : settings) {
    SuiteRequest request;
    request.hold_outs = inner_snapshots(data);
    request.seeds = {setting.options.seed};
    request.methods = {two_sided ? "cellmnn-two-sided" : "cellmnn"};
    request.options.training = setting.options;
    request.options.mass_by_cells = false;  // the networks to be trained are those of the options
    request.label = setting.change.empty() ? "" : " " + setting.change;
    requests.push_back(request);
  }
  std::vector<SuiteJob> jobs;
  jobs.reserve(requests.size());
  for (const SuiteRequest& request : requests) jobs.push_back({data, request});
  Journal journal(path, journal_header(data, requests.front()));
  SettingChoice choice;
  for (const SuiteResult& result : run_suites(jobs, session, &journal)) {
    choice.changes.push_back(settings[choice.changes.size()].change);
    choice.inner_w1.push_back(mean_w1(result));
  }
  const auto best = std::min_element(choice.inner_w1.begin(), choice.inner_w1.end());
  choice.chosen = static_cast<std::size_t>(best - choice.inner_w1.begin());
  return choice;
}

}  // namespace cellmnn
