/// The loop around one trainer or two, and what the model file says about it.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "cellmnn/trainer.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Does the steps that are left, with progress and log, until `stop` returns true.
class TrainingRun {
 public:
  /// With `reversed`, which must have as many steps and have done as many, a step is one of each.
  TrainingRun(Trainer& trainer, Session& session, Trainer* reversed = nullptr);

  /// True if all steps are done. If a loss leaves the finite numbers the trainers are put back to the
  /// last step of which the loss was seen to be finite, if there is one, and numerical is thrown.
  bool run(const std::function<bool()>& stop);

  /// Steps to which the trainers were put back after a numerical error; none if no step succeeded.
  std::optional<Index> recovered_step() const;

  double steps_per_second() const { return steps_per_second_; }
  const LossParts& last_loss() const { return last_loss_; }
  const LossParts& last_reversed_loss() const { return last_reversed_loss_; }

 private:
  void step();
  void report();

  Trainer& trainer_;
  Session& session_;
  Trainer* reversed_;
  std::optional<TrainerState> last_good_;
  TrainerState last_good_reversed_;
  LossParts last_loss_, last_reversed_loss_;
  double steps_per_second_ = 0;
};

nlohmann::ordered_json loss_json(const LossParts& loss);

/// Where the model comes from, for its file: trained on the snapshots `training` of `file`. Depends on the
/// data, the options and the loss only.
nlohmann::json provenance(const DataFile& file, const TimeCourse& training, const TrainOptions& options,
                          const LossParts& last_loss);

/// The training times in a provenance; empty if it has none.
std::vector<double> times_in(const nlohmann::json& provenance);

}  // namespace cellmnn
