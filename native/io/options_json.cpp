#include "native/io/options_json.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "native/io/model_file.hpp"
#include "native/io/text.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

/// Calls visit(name, option) for every option.
template <typename Config, typename Visit>
void visit_model_options(Config& config, const Visit& visit) {
  visit("operator", config.operator_kind);
  visit("dims", config.dims);
  visit("width", config.width);
  visit("depth", config.depth);
  visit("zero_eigenvalues", config.zero_eigenvalues);
  visit("operator_bound", config.operator_bound);
  visit("affine", config.affine);
}

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
  visit("set_embedding", options.set_embedding);
  visit("time_unit", options.time_unit);
  visit("seed", options.seed);
}

std::string_view name(TimeUnit unit) { return unit == TimeUnit::gap ? "gap" : "raw"; }
std::string_view name(KineticTimes times) {
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

template <typename Number>
json written(Number value) {
  return value;
}
json written(OperatorKind value) { return name(value); }
json written(Schedule value) { return name(value); }
json written(KineticTimes value) { return name(value); }
json written(TimeUnit value) { return name(value); }

Error wrong_value(const std::string& option, const json& value, const std::string& expected) {
  return {ErrorCode::bad_input, "the option '" + option + "' is " + value.dump() + ", expected " + expected};
}

void read(const std::string& option, const json& value, Index& target) {
  const bool fits = !value.is_number_unsigned() ||
                    value.get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<Index>::max()};
  if (!value.is_number_integer() || !fits) throw wrong_value(option, value, "a whole number");
  target = value.get<Index>();
}

void read(const std::string& option, const json& value, std::uint64_t& target) {
  if (!value.is_number_unsigned()) throw wrong_value(option, value, "a whole number from 0 to 2^64 - 1");
  target = value.get<std::uint64_t>();
}

void read(const std::string& option, const json& value, bool& target) {
  if (!value.is_boolean()) throw wrong_value(option, value, "true or false");
  target = value.get<bool>();
}

void read(const std::string& option, const json& value, double& target) {
  if (!value.is_number()) throw wrong_value(option, value, "a number");
  target = value.get<double>();
}

template <typename Choice>
void read_choice(const std::string& option, const json& value, std::initializer_list<Choice> choices,
                 Choice& target) {
  std::vector<std::string> names;
  for (const Choice choice : choices) {
    names.emplace_back(name(choice));
    if (value != names.back()) continue;
    target = choice;
    return;
  }
  throw wrong_value(option, value, "one of " + quoted_list(names));
}

void read(const std::string& option, const json& value, OperatorKind& target) {
  read_choice(option, value, {OperatorKind::dense, OperatorKind::eigen}, target);
}
void read(const std::string& option, const json& value, Schedule& target) {
  read_choice(option, value, {Schedule::constant, Schedule::cosine}, target);
}
void read(const std::string& option, const json& value, KineticTimes& target) {
  read_choice(option, value,
              {KineticTimes::data, KineticTimes::grid, KineticTimes::ahead, KineticTimes::next}, target);
}
void read(const std::string& option, const json& value, TimeUnit& target) {
  read_choice(option, value, {TimeUnit::gap, TimeUnit::raw}, target);
}

/// A visitor that takes each option from `object` and remembers its name.
auto reading(const json& object, std::vector<std::string>& known) {
  return [&](const char* option, auto& target) {
    known.emplace_back(option);
    if (!object.contains(option)) {
      throw Error(ErrorCode::bad_input, "the option '" + std::string(option) + "' is missing");
    }
    read(option, object.at(option), target);
  };
}

void refuse_others(const json& object, const std::vector<std::string>& known) {
  for (const auto& [option, value] : object.items()) {
    if (std::find(known.begin(), known.end(), option) == known.end()) {
      throw Error(ErrorCode::bad_input, "the option '" + option + "' is unknown");
    }
  }
}

void require_object(const json& value) {
  if (!value.is_object()) throw Error(ErrorCode::bad_input, "the options are not a JSON object");
}

}  // namespace

json to_json(const ModelConfig& config) {
  json object = json::object();
  visit_model_options(config,
                      [&](const char* option, const auto& value) { object[option] = written(value); });
  return object;
}

ModelConfig model_config_from_json(const json& object) {
  require_object(object);
  ModelConfig config;
  std::vector<std::string> known;
  visit_model_options(config, reading(object, known));
  refuse_others(object, known);
  return config;
}

json to_json(const TrainOptions& options) {
  json object = json::object();
  visit_train_options(options,
                      [&](const char* option, const auto& value) { object[option] = written(value); });
  return object;
}

TrainOptions train_options_from_json(const json& object) {
  require_object(object);
  TrainOptions options;
  std::vector<std::string> known;
  visit_train_options(options, reading(object, known));
  refuse_others(object, known);
  return options;
}

}  // namespace cellmnn
