#include "native/commands/shared/training_run.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/commands/shared/known_data.hpp"
#include "native/runtime/progress.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr Index kReports = 100;  // a run

}  // namespace

nlohmann::ordered_json loss_json(const LossParts& loss) {
  return {{"loss", loss.loss}, {"mmd", loss.mmd}, {"kinetic", loss.kinetic}, {"det", loss.det}};
}

TrainingRun::TrainingRun(Trainer& trainer, Session& session, Trainer* reversed)
    : trainer_(trainer), session_(session), reversed_(reversed) {}

bool TrainingRun::run(const std::function<bool()>& stop) {
  using Clock = std::chrono::steady_clock;
  const Index first = trainer_.steps_done(), total = trainer_.steps();
  const Index interval = std::max<Index>(1, total / kReports);
  Progress progress("training", "step", total, session_.quiet(), first);
  std::string note;
  const Clock::time_point begin = Clock::now();
  try {
    while (!trainer_.done()) {
      if (stop()) return false;
      const Index next = trainer_.steps_done() + 1;
      if (next == 1 || next % interval == 0 || next == total) {
        report();
        note = "loss " + fixed(last_loss_.loss, 4);
      } else {
        step();
      }
      progress.advance(1, note);
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::numerical && last_good_) {
      trainer_.restore(*last_good_);
      if (reversed_ != nullptr) reversed_->restore(last_good_reversed_);
    }
    throw;
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  steps_per_second_ = static_cast<double>(total - first) / std::max(seconds, 1e-9);
  return true;
}

void TrainingRun::step() {
  trainer_.step();
  if (reversed_ != nullptr) reversed_->step();
}

void TrainingRun::report() {
  TrainerState before = trainer_.state();
  TrainerState before_reversed = reversed_ == nullptr ? TrainerState{} : reversed_->state();
  last_loss_ = trainer_.reported_step();
  if (reversed_ != nullptr) last_reversed_loss_ = reversed_->reported_step();
  last_good_ = std::move(before);
  last_good_reversed_ = std::move(before_reversed);
  nlohmann::ordered_json fields = {{"step", trainer_.steps_done()}};
  fields.update(loss_json(last_loss_));
  if (reversed_ != nullptr) fields["reversed"] = loss_json(last_reversed_loss_);
  session_.log().write("step", fields);
}

std::optional<Index> TrainingRun::recovered_step() const {
  return last_good_ ? std::optional(last_good_->step) : std::nullopt;
}

nlohmann::json provenance(const DataFile& file, const TimeCourse& training, const TrainOptions& options,
                          const LossParts& last_loss) {
  return {{"version", CELLMNN_VERSION},
          {"seed", options.seed},
          {"options", to_json(options)},
          {"data", data_provenance(file, training)},
          {"metrics", loss_json(last_loss)}};
}

std::vector<double> times_in(const nlohmann::json& provenance) {
  const nlohmann::json::json_pointer times("/data/times");
  return provenance.contains(times) ? provenance.at(times).get<std::vector<double>>() : std::vector<double>{};
}

}  // namespace cellmnn
