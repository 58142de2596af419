/// Suites within a suite: inner hold-outs of what remains when a snapshot is held out. They say how well a
/// method predicts such data without a look at the held-out cells.
#pragma once

#include <vector>

#include "cellmnn/suite.hpp"

namespace cellmnn {

struct InnerSuite {
  double hold_out;  ///< the held-out time, outside
  TimeCourse training;
  SuiteRequest request;  ///< its label ends with " without t = TIME"
};

/// One for each hold-out whose training snapshots allow for an inner one: all inner snapshots, or where the
/// last snapshot is held out, the last of these. Of all methods but the noise floor.
std::vector<InnerSuite> inner_suites(const TimeCourse& data, const SuiteRequest& request);

struct InnerResult {
  double hold_out;                     ///< outside
  std::vector<double> training_times;  ///< of the snapshots that remain
  Index ahead;                         ///< of the inner hold-outs
  std::vector<Score> scores;
};

/// The results of inner suites, those of one hold-out together; methods have the names of the suites outside.
std::vector<InnerResult> inner_results(const std::vector<InnerSuite>& suites,
                                       std::vector<SuiteResult> results);

}  // namespace cellmnn
