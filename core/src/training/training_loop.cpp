#include "cellmnn/training_loop.hpp"

#include <algorithm>
#include <utility>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

constexpr Index kReports = 100;  // a run
constexpr Index kTurn = 10;  // steps of one network before those of the other, so that it stays in the cache

}  // namespace

TrainingLoop::TrainingLoop(Trainer& trainer, Trainer* reversed) : trainer_(trainer), reversed_(reversed) {}

bool TrainingLoop::run(const std::function<bool()>& stop,
                       const std::function<void(bool reported)>& after_step) {
  const Index total = trainer_.steps();
  const Index interval = std::max<Index>(1, total / kReports);
  try {
    while (!trainer_.done()) {
      if (stop()) return false;
      const Index next = trainer_.steps_done() + 1;
      const bool reported = next == 1 || next % interval == 0 || next == total;
      const Index next_report = std::min(total, (next / interval + 1) * interval);
      reported ? report() : take_turn(next_report - next);
      after_step(reported);
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::numerical && last_good_) {
      trainer_.restore(*last_good_);
      if (reversed_ != nullptr) reversed_->restore(last_good_reversed_);
    }
    throw;
  }
  return true;
}

void TrainingLoop::take_turn(Index most) {
  if (reversed_ == nullptr) return trainer_.step();
  const Index steps = std::min(kTurn, most);
  for (Trainer* each : {&trainer_, reversed_})
    for (Index k = 0; k < steps; ++k) each->step();
}

void TrainingLoop::report() {
  TrainerState before = trainer_.state();
  TrainerState before_reversed = reversed_ == nullptr ? TrainerState{} : reversed_->state();
  last_loss_ = trainer_.reported_step();
  if (reversed_ != nullptr) last_reversed_loss_ = reversed_->reported_step();
  last_good_ = std::move(before);
  last_good_reversed_ = std::move(before_reversed);
}

std::optional<Index> TrainingLoop::recovered_step() const {
  return last_good_ ? std::optional(last_good_->step) : std::nullopt;
}

}  // namespace cellmnn
