#include "native/commands/shared/training_run.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "native/io/models/provenance.hpp"
#include "native/runtime/progress.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

bool TrainingRun::run(const std::function<bool()>& stop) {
  using Clock = std::chrono::steady_clock;
  const Index first = trainer_.steps_done(), total = trainer_.steps();
  Progress progress("training", "step", total, session_.quiet(), first);
  std::string note;
  Index shown = first;
  const Clock::time_point begin = Clock::now();
  const bool done = TrainingLoop::run(stop, [&](bool reported) {
    if (reported) {
      log_loss();
      note = "loss " + fixed(last_loss().loss, 4);
    }
    progress.advance(trainer_.steps_done() - shown, note);
    shown = trainer_.steps_done();
  });
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  steps_per_second_ = static_cast<double>(total - first) / std::max(seconds, 1e-9);
  return done;
}

void TrainingRun::log_loss() {
  nlohmann::ordered_json fields = {{"step", trainer_.steps_done()}};
  fields.update(loss_json(last_loss()));
  if (reversed_ != nullptr) fields["reversed"] = loss_json(last_reversed_loss());
  session_.log().write("step", fields);
}

}  // namespace cellmnn
