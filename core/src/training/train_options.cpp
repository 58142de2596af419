#include "cellmnn/train_options.hpp"

#include "base/option_check.hpp"

namespace cellmnn {

std::string_view name(Schedule schedule) { return schedule == Schedule::constant ? "constant" : "cosine"; }

std::optional<Schedule> schedule(std::string_view name) {
  if (name == "constant") return Schedule::constant;
  if (name == "cosine") return Schedule::cosine;
  return std::nullopt;
}

TrainOptions paper_preset() {
  TrainOptions options;
  options.steps = 10000;
  options.batch = 200;
  options.learning_rate = 2e-4;
  options.schedule = Schedule::constant;
  options.gamma = 0.1;
  options.sigma = 1;
  options.agreement = 0;
  options.model.affine = false;
  options.time_unit = TimeUnit::raw;
  return options;
}

TrainOptions reversed_options(TrainOptions options) {
  options.seed ^= 0x9E3779B97F4A7C15;
  return options;
}

void validate(const TrainOptions& options) {
  validate(options.model);
  require_at_least("steps", options.steps, 1);
  require_range("batch", options.batch, 1, 1 << 24);
  require_at_least("warmup", options.warmup, 0);
  require_positive("lr", options.learning_rate);
  require_positive("sigma", options.sigma);
  require_positive("kinetic_step", options.kinetic_step);
  require_not_negative("weight_decay", options.weight_decay);
  require_not_negative("gamma", options.gamma);
  require_not_negative("lambda_kinetic", options.lambda_kinetic);
  require_not_negative("backward", options.backward);
  require_not_negative("agreement", options.agreement);
  require_not_negative("mass_penalty", options.mass_penalty);
  require_not_negative("growth_prior_weight", options.growth_prior_weight);
  require_option(options.average >= 0 && options.average < 1, "average", options.average,
                 "0 or more and below 1");
}

}  // namespace cellmnn
