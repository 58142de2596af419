/// What models are made of when the training ends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/population_sizes.hpp"
#include "native/commands/shared/training_run.hpp"
#include "native/commands/train/networks.hpp"
#include "native/commands/train/setting_choice.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

struct Finished {
  const Networks& networks;
  const TrainingRun& run;
  const std::vector<DataFile>& files;
  const std::vector<TimeCourse>& trained_on;
  const std::optional<PopulationSizes>& sizes;
  const std::optional<SettingChoice>& choice;
  Executor& executor;

  /// One model for each data set.
  void write_models(const std::vector<std::string>& paths) const;

  /// Writes the last good models and throws `failure` with that said, or as it is if there are none.
  [[noreturn]] void save_after_failure(const std::vector<std::string>& paths, const Error& failure) const;
};

}  // namespace cellmnn
