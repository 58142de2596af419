/// The choice among settings of a training that looks at its own snapshots alone.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cellmnn/time_course.hpp"
#include "cellmnn/train_options.hpp"
#include "native/commands/shared/session.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

/// Options of a training, by the change that makes them, such as "sigma=1"; "" is none.
struct Setting {
  std::string change;
  TrainOptions options;
};

struct SettingChoice {
  std::vector<std::string> changes;
  std::vector<double> inner_w1;  ///< of each, the mean over the inner hold-outs, in the order of `changes`
  std::size_t chosen = 0;        ///< of the lowest; the first of equal ones

  Table table() const;
  /// {"chosen", "inner_w1": {CHANGE: W1}}, with "unchanged" for "".
  nlohmann::json json() const;
};

/// Each setting is trained without each inner snapshot in turn, and scored there as in evaluate, by both
/// networks if `two_sided`. Finished trainings are kept in the journal `path`, and taken from it. Throws
/// bad_input for a course of two snapshots, which has no inner one.
SettingChoice choose_setting(const TimeCourse& data, const std::vector<Setting>& settings, bool two_sided,
                             const std::string& path, Session& session);

}  // namespace cellmnn
