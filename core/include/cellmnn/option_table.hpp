/// The names of the options of a model and its training: those of the command line, with underscores, in
/// files and in JavaScript.
#pragma once

#include <array>
#include <string_view>

#include "cellmnn/train_options.hpp"

namespace cellmnn {

constexpr std::string_view name(TimeUnit unit) { return unit == TimeUnit::gap ? "gap" : "raw"; }
constexpr std::string_view name(KineticTimes times) {
  switch (times) {
    case KineticTimes::data:
      return "data";
    case KineticTimes::grid:
      return "grid";
    case KineticTimes::ahead:
      return "ahead";
    case KineticTimes::next:
      return "next";
  }
  return "";
}

/// All values of an option that is a choice; name() gives their names.
template <typename Choice>
inline constexpr std::array<Choice, 0> kChoices = {};
template <>
inline constexpr std::array kChoices<OperatorKind> = {OperatorKind::dense, OperatorKind::eigen};
template <>
inline constexpr std::array kChoices<Schedule> = {Schedule::constant, Schedule::cosine};
template <>
inline constexpr std::array kChoices<TimeUnit> = {TimeUnit::gap, TimeUnit::raw};
template <>
inline constexpr std::array kChoices<KineticTimes> = {KineticTimes::data, KineticTimes::grid,
                                                      KineticTimes::ahead, KineticTimes::next};

/// Options that are younger than the format of models: files leave them out where there is no mass, so that
/// older programs can read them.
constexpr bool is_of_mass(std::string_view option) {
  return option == "mass" || option == "mass_penalty" || option == "growth_prior_weight";
}

/// Calls visit(name, option) for every option of ModelConfig, const or not.
template <typename Config, typename Visit>
void visit_model_options(Config& config, const Visit& visit) {
  visit("operator", config.operator_kind);
  visit("dims", config.dims);
  visit("width", config.width);
  visit("depth", config.depth);
  visit("zero_eigenvalues", config.zero_eigenvalues);
  visit("operator_bound", config.operator_bound);
  visit("affine", config.affine);
#ifndef __EMSCRIPTEN__  // which does not train mass
  visit("mass", config.mass);
#endif
}

/// The same for TrainOptions, the options of its model included.
template <typename Options, typename Visit>
void visit_train_options(Options& options, const Visit& visit) {
  visit_model_options(options.model, visit);
  visit("steps", options.steps);
  visit("batch", options.batch);
  visit("lr", options.learning_rate);
  visit("schedule", options.schedule);
  visit("warmup", options.warmup);
  visit("weight_decay", options.weight_decay);
  visit("average", options.average);
  visit("gamma", options.gamma);
  visit("sigma", options.sigma);
  visit("lambda_kinetic", options.lambda_kinetic);
  visit("kinetic_times", options.kinetic_times);
  visit("kinetic_step", options.kinetic_step);
  visit("backward", options.backward);
  visit("agreement", options.agreement);
#ifndef __EMSCRIPTEN__
  visit("mass_penalty", options.mass_penalty);
  visit("growth_prior_weight", options.growth_prior_weight);
#endif
  visit("set_embedding", options.set_embedding);
  visit("time_unit", options.time_unit);
  visit("seed", options.seed);
}

}  // namespace cellmnn
