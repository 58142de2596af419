/// The suites of one `cellmnn evaluate`: methods and their variants, and those within for choices and
/// intervals.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/inner_suite.hpp"
#include "cellmnn/selection.hpp"
#include "native/commands/evaluate/evaluate_flags.hpp"
#include "native/commands/scores/suite.hpp"

namespace cellmnn {

/// All scores and what follows from them.
struct EvaluateResult {
  SuiteResult scores;
  std::vector<InnerResult> inner;
  std::vector<Selection> selections;
};

/// Its course must outlive it.
class EvaluateSuites {
 public:
  /// Of the methods of `request`; `joint` are the data sets of --joint-with.
  EvaluateSuites(const TimeCourse& data, const SuiteRequest& request, const EvaluateFlags& flags,
                 const std::vector<TimeCourse>& joint);

  /// In the order of the numbers of runs. They live as long as this does.
  std::vector<SuiteJob> jobs() const;

  /// Of the results of all jobs.
  EvaluateResult result(std::vector<SuiteResult> results) const;

 private:
  void add_inner(const SuiteRequest& request);

  const TimeCourse& data_;
  std::vector<SuiteRequest> requests_;
  std::vector<InnerSuite> inner_;
  std::vector<std::string> chosen_methods_, settings_;
};

}  // namespace cellmnn
