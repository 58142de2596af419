/// The options of the model and its training, with the names of the model file.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "cellmnn/trainer.hpp"

namespace CLI {
class App;
}

namespace cellmnn {

class Command;

/// "weight_decay" of the model file -> "--weight-decay" of the command line.
std::string option_of(std::string name);

/// Options that were given on the command line, on top of a preset.
class TrainFlags {
 public:
  /// --preset and one option for every field of TrainOptions but dims and the seed, which other
  /// groups of options have.
  void add_to(Command& command);

  bool is_paper() const { return preset_ == "paper"; }

  /// Whether the option of this name, as in to_json(TrainOptions), was given.
  bool gives(const char* name) const { return given_.contains(name); }

  /// Steps of each of two networks, where nobody has said how many.
  std::optional<Index> two_sided_steps() const;

  /// One of the options that were given, such as "--steps"; empty if there is none.
  std::string any_given() const;

  /// These flags with more: "affine=no+sigma=1" is --affine no --sigma 1, "" is none. Throws usage for other
  /// names and wrong values.
  TrainFlags with(const std::string& changes) const;

  /// Throws usage for values out of range.
  TrainOptions options(std::optional<std::uint64_t> seed, Index dims) const;

 private:
  void set(const std::string& change);

  std::string preset_;
  nlohmann::json given_ = nlohmann::json::object();  // names and values as in to_json(TrainOptions)
};

}  // namespace cellmnn
