#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "native/io/files/input_file.hpp"
#include "native/io/files/json_reader.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/tensor_file.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "cellmnn-checkpoint/1";

constexpr const char* kReversedState = "reversed.";  // before the names of the second network's parts

SafeTensor tensor_of(const Vector<float>& values) {
  return {{values.size()}, std::vector<float>(values.begin(), values.end())};
}

Vector<float> take(TensorFile& file, const std::string& name, Index count) {
  const std::vector<float> values = file.take<float>(name, {count});
  return Eigen::Map<const Vector<float>>(values.data(), count);
}

void add_state(const TrainerState& state, const std::string& prefix, SafeTensors& content) {
  content.tensors[prefix + "parameters"] = tensor_of(state.parameters);
  content.tensors[prefix + "adamw.first_moment"] = tensor_of(state.first_moment);
  content.tensors[prefix + "adamw.second_moment"] = tensor_of(state.second_moment);
  if (state.average.size() > 0) content.tensors[prefix + "average"] = tensor_of(state.average);
}

TrainerState take_state(Index step, Index count, const std::string& prefix, TensorFile& file) {
  TrainerState state;
  state.step = step;
  state.parameters = take(file, prefix + "parameters", count);
  state.first_moment = take(file, prefix + "adamw.first_moment", count);
  state.second_moment = take(file, prefix + "adamw.second_moment", count);
  if (file.has_tensor(prefix + "average")) state.average = take(file, prefix + "average", count);
  return state;
}

}  // namespace

void write_checkpoint(const std::string& path, const Checkpoint& checkpoint) {
  SafeTensors content;
  content.metadata = {{"format", kFormat},
                      {"options", metadata_text(as_kept(to_json(checkpoint.options)))},
                      {"sets", metadata_text(checkpoint.sets)},
                      {"step", metadata_text(checkpoint.state.step)},
                      {"data_fingerprint", metadata_text(checkpoint.data_fingerprint)}};
  add_state(checkpoint.state, "", content);
  if (checkpoint.reversed) add_state(*checkpoint.reversed, kReversedState, content);
  write_file(path, safetensors_bytes(content));
}

Checkpoint read_checkpoint(const std::string& path) {
  TensorFile file(read_file(path), path, {kFormat});
  Checkpoint result;
  result.options = file.metadata("options", [](const json& object) {
    const TrainOptions options = train_options_from_json(object);
    validate(options);
    return options;
  });
  result.sets = file.metadata("sets", whole_number<Index, json>);
  if (result.sets < 1) throw file.error("it is of " + std::to_string(result.sets) + " data sets");
  result.data_fingerprint = file.metadata("data_fingerprint", whole_number<std::uint64_t, json>);
  const auto step = file.metadata("step", whole_number<Index, json>);
  const Index steps = result.options.steps * result.sets;
  if (step < 0 || step > steps) {
    throw file.error("it was written after step " + std::to_string(step) + " of " + std::to_string(steps));
  }
  const Index count = parameter_count(result.options, result.sets);
  result.state = take_state(step, count, "", file);
  if (file.has_tensor(std::string(kReversedState) + "parameters"))
    result.reversed = take_state(step, count, kReversedState, file);
  file.expect_no_more();
  return result;
}

}  // namespace cellmnn
