#include "native/commands/train/networks.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/commands/shared/train_flags.hpp"

namespace cellmnn {
namespace {

std::vector<TimeCourse> mirrored(const std::vector<TimeCourse>& data) {
  std::vector<TimeCourse> result;
  result.reserve(data.size());
  for (const TimeCourse& each : data) result.push_back(mirrored(each));
  return result;
}

void require_equal_options(const TrainOptions& saved_options, const TrainOptions& options) {
  const nlohmann::json saved = to_json(saved_options), now = to_json(options);
  for (const auto& [name, value] : saved.items()) {
    if (now.at(name) == value) continue;
    throw Error(ErrorCode::usage, "cannot resume: " + option_of(name) + " is " + now.at(name).dump() +
                                      " but was " + value.dump() + " in the interrupted run");
  }
}

}  // namespace

Networks::Networks(const std::vector<TimeCourse>& data, const TrainOptions& options, bool two_sided,
                   Executor& executor)
    : forward(data, options, executor) {
  if (two_sided) reversed.emplace(mirrored(data), reversed_options(options), executor);
}

Checkpoint Networks::checkpoint(std::uint64_t data_fingerprint) const {
  return {forward.state(), reversed ? std::optional(reversed->state()) : std::nullopt, forward.options(),
          data_fingerprint, forward.sets()};
}

void Networks::restore(const std::string& path, std::uint64_t data_fingerprint) {
  if (!std::filesystem::exists(path)) {
    throw Error(ErrorCode::bad_input,
                "there is no " + path + " to resume from: leave --resume out to begin anew");
  }
  const Checkpoint checkpoint = read_checkpoint(path);
  require_equal_options(checkpoint.options, forward.options());
  if (checkpoint.reversed.has_value() != reversed.has_value()) {
    throw Error(ErrorCode::usage, std::string("cannot resume: the interrupted run was ") +
                                      (reversed ? "without" : "with") + " --two-sided");
  }
  if (checkpoint.data_fingerprint != data_fingerprint) {
    throw Error(ErrorCode::bad_input,
                "cannot resume: the training data differ from those of the interrupted run "
                "(the file, its keys, the times or --hold-out)");
  }
  forward.restore(checkpoint.state);
  if (reversed) reversed->restore(*checkpoint.reversed);
}

}  // namespace cellmnn
