#include "native/io/models/options_json.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/option_table.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/text.hpp"
#include "native/io/models/model_file.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

template <typename Value>
json written(Value value) {
  if constexpr (std::is_enum_v<Value>) {
    return name(value);
  } else {
    return value;
  }
}

Error wrong_value(const std::string& option, const json& value, const std::string& expected) {
  return {ErrorCode::bad_input, "the option '" + option + "' is " + value.dump() + ", expected " + expected};
}

void read(const std::string& option, const json& value, Index& target) {
  if (!is_whole_number<Index>(value)) throw wrong_value(option, value, "a whole number");
  target = value.get<Index>();
}

void read(const std::string& option, const json& value, std::uint64_t& target) {
  if (!is_whole_number<std::uint64_t>(value))
    throw wrong_value(option, value, "a whole number from 0 to 2^64 - 1");
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

template <typename Choice, typename = std::enable_if_t<std::is_enum_v<Choice>>>
void read(const std::string& option, const json& value, Choice& target) {
  std::vector<std::string> names;
  for (const Choice choice : kChoices<Choice>) {
    names.emplace_back(name(choice));
    if (value != names.back()) continue;
    target = choice;
    return;
  }
  throw wrong_value(option, value, "one of " + quoted_list(names));
}

/// A visitor that takes each option from `object` and remembers its name.
auto reading(const json& object, std::vector<std::string>& known) {
  return [&](const char* option, auto& target) {
    known.emplace_back(option);
    if (!object.contains(option) && is_of_mass(option)) return;
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

json as_kept(json options) {
  if (options.at("mass") != false) return options;
  for (const char* option : {"mass", "mass_penalty", "growth_prior_weight"}) options.erase(option);
  return options;
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
