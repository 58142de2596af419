#include "native/commands/evaluate/evaluate_suites.hpp"

#include <iterator>
#include <utility>

namespace cellmnn {

EvaluateSuites::EvaluateSuites(const TimeCourse& data, const SuiteRequest& request,
                               const EvaluateFlags& flags, const std::vector<TimeCourse>& joint)
    : data_(data), requests_{request} {
  const auto changed = [&](const std::string& change, std::vector<std::string> methods) {
    const TrainFlags training = flags.training.with(change);
    SuiteRequest variant = request;
    variant.label = " " + change;
    variant.methods = std::move(methods);
    variant.options.training = flags.training_options(change, data.dims());
    variant.options.mass_by_cells = mass_by_cells(training);
    variant.options.two_sided_steps = training.two_sided_steps();
    return variant;
  };
  for (const std::string& change : flags.ablations) requests_.push_back(changed(change, {"cellmnn"}));
  if (!joint.empty()) {
    SuiteRequest variant = request;
    variant.methods = {"cellmnn"};
    variant.label = " joint";
    variant.options.others = joint;
    requests_.push_back(variant);
  }
  if (flags.intervals) add_inner(request);
  if (flags.settings.empty()) return;
  chosen_methods_ = flags.selectable_methods();
  settings_ = {""};
  SuiteRequest unchanged = request;
  unchanged.methods = chosen_methods_;
  if (!flags.intervals) add_inner(unchanged);
  for (const std::string& setting : flags.settings) {
    requests_.push_back(changed(setting, chosen_methods_));
    settings_.push_back(requests_.back().label);
    add_inner(requests_.back());
  }
}

void EvaluateSuites::add_inner(const SuiteRequest& request) {
  std::vector<InnerSuite> suites = inner_suites(data_, request);
  std::move(suites.begin(), suites.end(), std::back_inserter(inner_));
}

std::vector<SuiteJob> EvaluateSuites::jobs() const {
  std::vector<SuiteJob> jobs;
  for (const SuiteRequest& request : requests_) jobs.push_back({data_, request});
  for (const InnerSuite& suite : inner_) jobs.push_back({suite.training, suite.request});
  return jobs;
}

EvaluateResult EvaluateSuites::result(std::vector<SuiteResult> results) const {
  const auto first_inner = results.begin() + std::ssize(requests_);
  EvaluateResult all;
  all.inner = inner_results(inner_, {first_inner, results.end()});
  all.scores = merged({results.begin(), first_inner});
  all.selections = selections_of(chosen_methods_, settings_, all.scores, all.inner);
  for (const Score& score : scores_of(all.selections, all.scores)) all.scores.scores.push_back(score);
  return all;
}

}  // namespace cellmnn
