#include <emscripten.h>

#include <algorithm>
#include <memory>

#include "cellmnn/error.hpp"
#include "cellmnn/option_table.hpp"
#include "wasm/calls/calls.hpp"
#include "wasm/conversions.hpp"

namespace cellmnn {
namespace {

TrainOptions to_train_options(const emscripten::val& object) {
  TrainOptions options;
  visit_train_options(options, boundary::OptionReader(object));
  return options;
}

}  // namespace

TrainerHandle::TrainerHandle(const TimeCourse& data, const TrainOptions& options)
    : trainer(data, options, boundary::serial) {}

namespace calls {

using boundary::OptionWriter;
using boundary::to_time_course;

val train_options(std::string preset) {
  TrainOptions options = preset == "paper" ? paper_preset() : TrainOptions{};
  val object = val::object();
  visit_train_options(options, OptionWriter(object));
  return object;
}

TrainerHandle* create_trainer(val data, val options) {
  return new TrainerHandle(to_time_course(data), to_train_options(options));
}

val run(TrainerHandle& handle, double budget_ms, double most_steps) {
  Trainer& trainer = handle.trainer;
  if (trainer.done()) throw Error(ErrorCode::usage, "all steps of this training are done");
  const double end = emscripten_get_now() + budget_ms;
  const auto left = static_cast<double>(trainer.options().steps - trainer.steps_done());
  const double steps = std::min(most_steps, left);
  for (double done = 1; done < steps && emscripten_get_now() < end; ++done) trainer.step();
  const LossParts parts = trainer.reported_step();
  val loss = val::object();
  loss.set("total", parts.loss);
  loss.set("mmd", parts.mmd);
  loss.set("kinetic", parts.kinetic);
  loss.set("det", parts.det);
  val result = val::object();
  result.set("step", static_cast<double>(trainer.steps_done()));
  result.set("loss", loss);
  result.set("done", trainer.done());
  return result;
}

ModelHandle* trained_model(const TrainerHandle& handle) {
  auto model = std::make_unique<ModelHandle>();
  model->model = handle.trainer.model();
  return model.release();
}

}  // namespace calls
}  // namespace cellmnn
