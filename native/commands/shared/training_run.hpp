/// A training with progress and log.
#pragma once

#include <functional>

#include "cellmnn/training_loop.hpp"
#include "native/commands/shared/session.hpp"

namespace cellmnn {

class TrainingRun : public TrainingLoop {
 public:
  /// As TrainingLoop.
  TrainingRun(Trainer& trainer, Session& session, Trainer* reversed = nullptr)
      : TrainingLoop(trainer, reversed), trainer_(trainer), session_(session), reversed_(reversed) {}

  /// TrainingLoop::run() with progress and log.
  bool run(const std::function<bool()>& stop);

  double steps_per_second() const { return steps_per_second_; }

 private:
  void log_loss();

  Trainer& trainer_;
  Session& session_;
  Trainer* reversed_;
  double steps_per_second_ = 0;
};

}  // namespace cellmnn
