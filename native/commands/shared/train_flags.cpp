#include "native/commands/shared/train_flags.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/two_sided.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/text.hpp"
#include "native/io/models/model_file.hpp"

namespace cellmnn {
namespace {

struct Flag {
  const char* group;
  const char* name;   // as in to_json(TrainOptions)
  const char* value;  // how help shows it; words between bars are the choices
  const char* help;
};

constexpr Flag kFlags[] = {
    {"Model", "operator", "dense|eigen",
     "How the network gives the operator A of dx/dt = A x: its entries, or its "
     "eigenvalues and eigenvectors"},
    {"Model", "zero_eigenvalues", "N", "Eigenvalues held at zero, for --operator eigen"},
    {"Model", "operator_bound", "X",
     "Smooth bound of |A|, per unit of the model's time; keeps training and prediction finite; 0 is none"},
    {"Model", "affine", "yes|no", "dx/dt = A x + b instead of A x: the network also gives an offset b"},
    {"Model", "mass", "yes|no",
     "Cells have weights that grow or shrink on their way: a population can change its composition without "
     "cells that "
     "cross empty space. They are no rates of division"},
    {"Model", "width", "N", "Units of a hidden layer"},
    {"Model", "depth", "N", "Hidden layers"},
    {"Training", "steps", "N", "Steps of the optimiser"},
    {"Training", "batch", "N", "Cells of a step, split evenly over the snapshots, drawn with replacement"},
    {"Training", "lr", "X", "Learning rate of AdamW"},
    {"Training", "schedule", "constant|cosine", "Learning rate over the steps"},
    {"Training", "warmup", "N", "Steps in which the learning rate rises to its value"},
    {"Training", "weight_decay", "X", "Decoupled weight decay"},
    {"Training", "average", "X", "Decay of a running average of the weights, e.g. 0.999; 0 is off"},
    {"Training", "gamma", "X", "Weight of a snapshot r ahead is gamma^(r-1); 0 looks at the next one only"},
    {"Training", "sigma", "X", "Bandwidth of the MMD's Laplace kernel, in whitened units"},
    {"Training", "lambda_kinetic", "X",
     "Weight of the kinetic energy; larger means slower, straighter paths"},
    {"Training", "kinetic_times", "data|grid|ahead|next",
     "Where the kinetic energy is taken: training times; a grid over all of them; the grid from the cells' "
     "own time on; or from there to the next snapshot"},
    {"Training", "kinetic_step", "X", "Spacing of that grid, in the model's unit of time"},
    {"Training", "backward", "X", "Weight of predicting the snapshot before"},
    {"Training", "agreement", "X",
     "Weight of agreement between what two neighbouring snapshots predict for a time between them"},
    {"Training", "mass_penalty", "X", "Weight of the mean squared growth of these weights, for --mass yes"},
    {"Training", "set_embedding", "yes|no",
     "Where several data sets share one network: it is told which one a cell is of"},
    {"Training", "time_unit", "gap|raw",
     "The model's unit of time: mean gap between snapshots, or that of the data"},
};

constexpr const char* kModelTimeUnit = "model_time_unit";  // --time-unit is that of the data

std::vector<std::string> choices_of(const Flag& flag) {
  std::vector<std::string> choices;
  const std::string value = flag.value;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find('|', begin), value.size());
    choices.push_back(value.substr(begin, end - begin));
    begin = end + 1;
  }
  return choices;
}

/// The type is that of the default.
nlohmann::json parse_value(const Flag& flag, const std::string& option, const std::string& text,
                           const nlohmann::json& fallback) {
  if (fallback.is_number_integer()) return parse_whole(option, text, 0);
  if (fallback.is_number()) return parse_number(option, text);
  require_choice(option, text, choices_of(flag));
  if (fallback.is_boolean()) return text == "yes";
  return text;
}

std::string shown(const nlohmann::json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value.is_string() ? value.get<std::string>() : number_text(value.get<double>());
}

}  // namespace

std::string option_of(std::string name) {
  if (name == "time_unit") name = kModelTimeUnit;
  std::replace(name.begin(), name.end(), '_', '-');
  name.insert(0, "--");
  return name;
}

void TrainFlags::add_to(Command& command) {
  command
      .option("Model", "--preset", "default|paper", "Defaults of all options of model and training",
              [this](const std::string& text) {
                require_choice("--preset", text, {"default", "paper"});
                preset_ = text;
              })
      .shown_default("default");
  const nlohmann::json ours = to_json(TrainOptions{});
  const nlohmann::json papers = to_json(paper_preset());
  for (const Flag& flag : kFlags) {
    const std::string option = option_of(flag.name);
    const nlohmann::json& fallback = ours.at(flag.name);
    const nlohmann::json& paper = papers.at(flag.name);
    const auto read = [this, &flag, option, fallback](const std::string& text) {
      given_[flag.name] = parse_value(flag, option, text, fallback);
    };
    std::string defaults = shown(fallback) + (paper == fallback ? "" : "; paper: " + shown(paper));
    if (option == "--steps") defaults += "; two-sided: " + std::to_string(kTwoSidedSteps);
    command.option(flag.group, option, flag.value, flag.help, read).shown_default(defaults);
  }
}

std::optional<Index> TrainFlags::two_sided_steps() const {
  return is_paper() || gives("steps") ? std::nullopt : std::optional(kTwoSidedSteps);
}

std::string TrainFlags::any_given() const {
  if (!preset_.empty()) return "--preset";
  return given_.empty() ? "" : option_of(given_.begin().key());
}

void TrainFlags::set(const std::string& change) {
  const std::size_t sign = change.find('=');
  std::string name = change.substr(0, sign);
  std::replace(name.begin(), name.end(), '-', '_');
  if (name == kModelTimeUnit) name = "time_unit";
  const auto* flag =
      std::find_if(std::begin(kFlags), std::end(kFlags), [&](const Flag& each) { return each.name == name; });
  if (sign == std::string::npos || flag == std::end(kFlags)) {
    throw Error(ErrorCode::usage,
                "'" + change +
                    "' is no change of an option; expected NAME=VALUE with an option of model or "
                    "training, such as sigma=1 or kinetic-times=data");
  }
  given_[name] =
      parse_value(*flag, option_of(name), change.substr(sign + 1), to_json(TrainOptions{}).at(name));
}

TrainFlags TrainFlags::with(const std::string& changes) const {
  TrainFlags changed = *this;
  std::istringstream parts(changes);
  for (std::string change; std::getline(parts, change, '+');) changed.set(change);
  return changed;
}

TrainOptions TrainFlags::options(std::optional<std::uint64_t> seed, Index dims) const {
  nlohmann::json json = to_json(is_paper() ? paper_preset() : TrainOptions{});
  json.update(given_);
  TrainOptions options = train_options_from_json(json);
  if (seed) options.seed = *seed;
  options.model.dims = dims;
  validate(options);
  return options;
}

}  // namespace cellmnn
