/// A choice among settings of a method that looks at nothing of the held-out cells.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cellmnn/inner_suite.hpp"
#include "cellmnn/suite.hpp"

namespace cellmnn {

/// One setting of a method at one held-out time.
struct Candidate {
  std::string method;   ///< its name with the setting, as in Score
  double inner_w1 = 0;  ///< mean over inner hold-outs and seeds
  double w1 = 0;        ///< mean over seeds at the held-out time, which the choice does not see
};

struct Selection {
  std::string method;  ///< without settings
  double hold_out = 0;
  std::vector<Candidate> candidates;  ///< in the order of the settings
  std::size_t chosen = 0;             ///< of the lowest inner W1; the first where there is no inner hold-out
  bool can_tell = false;              ///< whether there was one
  double seconds = 0;  ///< all inner trainings and predictions, and those of the chosen at the held-out time
};

/// For each of these methods and each held-out time at which all settings have scores. Settings are what
/// SuiteRequest::label adds to the name of a method.
std::vector<Selection> selections_of(const std::vector<std::string>& methods,
                                     const std::vector<std::string>& settings, const SuiteResult& result,
                                     const std::vector<InnerResult>& inner);

/// The scores of the chosen settings, as those of the method "NAME selected"; seconds with the inner ones.
std::vector<Score> scores_of(const std::vector<Selection>& selections, const SuiteResult& result);

}  // namespace cellmnn
