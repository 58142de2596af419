/// The loop around one trainer or two: which steps are reported, and what is left after a loss that is not
/// finite.
#pragma once

#include <functional>
#include <optional>

#include "cellmnn/trainer.hpp"

namespace cellmnn {

class TrainingLoop {
 public:
  /// With `reversed`, which must have as many steps and have done as many, both take turns of up to ten
  /// steps. Both must outlive the loop.
  explicit TrainingLoop(Trainer& trainer, Trainer* reversed = nullptr);

  /// Does the steps that are left, until `stop` returns true, which is asked before each step or turn.
  /// `after_step` hears of each, and whether it was a step that is reported: the first, the last and about a
  /// hundred between them, of which the loss is computed. True if all steps are done. If a loss leaves the
  /// finite numbers the trainers are put back to the last step of which the loss was seen to be finite, if
  /// there is one, and numerical is thrown.
  bool run(const std::function<bool()>& stop, const std::function<void(bool reported)>& after_step);

  /// Steps to which the trainers were put back after a numerical error; none if no step succeeded.
  std::optional<Index> recovered_step() const;

  const LossParts& last_loss() const { return last_loss_; }
  const LossParts& last_reversed_loss() const { return last_reversed_loss_; }

 private:
  void take_turn(Index most);
  void report();

  Trainer& trainer_;
  Trainer* reversed_;
  std::optional<TrainerState> last_good_;
  TrainerState last_good_reversed_;
  LossParts last_loss_, last_reversed_loss_;
};

}  // namespace cellmnn
