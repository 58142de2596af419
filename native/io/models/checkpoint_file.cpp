#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "native/io/files/output_file.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/tensor_file.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "cellmnn-checkpoint/1";

SafeTensor tensor_of(const Vector<float>& values) {
  return {{values.size()}, std::vector<float>(values.begin(), values.end())};
}

Vector<float> take(TensorFile& file, const std::string& name, Index count) {
  const std::vector<float> values = file.take<float>(name, {count});
  return Eigen::Map<const Vector<float>>(values.data(), count);
}

}  // namespace

void write_checkpoint(const std::string& path, const Checkpoint& checkpoint) {
  const TrainerState& state = checkpoint.state;
  SafeTensors content;
  content.metadata = {{"format", kFormat},
                      {"options", metadata_text(to_json(checkpoint.options))},
                      {"sets", metadata_text(checkpoint.sets)},
                      {"step", metadata_text(state.step)},
                      {"data_fingerprint", metadata_text(checkpoint.data_fingerprint)}};
  content.tensors = {{"parameters", tensor_of(state.parameters)},
                     {"adamw.first_moment", tensor_of(state.first_moment)},
                     {"adamw.second_moment", tensor_of(state.second_moment)}};
  if (state.average.size() > 0) content.tensors["average"] = tensor_of(state.average);
  write_file(path, safetensors_bytes(content));
}

Checkpoint read_checkpoint(const std::string& path) {
  TensorFile file(path, kFormat);
  Checkpoint result;
  result.options = file.metadata("options", [](const json& object) {
    const TrainOptions options = train_options_from_json(object);
    validate(options);
    return options;
  });
  result.sets = file.metadata("sets", [](const json& sets) { return sets.get<Index>(); });
  if (result.sets < 1) throw file.error("it is of " + std::to_string(result.sets) + " data sets");
  TrainerState& state = result.state;
  state.step = file.metadata("step", [](const json& step) { return step.get<Index>(); });
  const Index steps = result.options.steps * result.sets;
  if (state.step < 0 || state.step > steps) {
    throw file.error("it was written after step " + std::to_string(state.step) + " of " +
                     std::to_string(steps));
  }
  result.data_fingerprint =
      file.metadata("data_fingerprint", [](const json& hash) { return hash.get<std::uint64_t>(); });

  const Index count = parameter_count(result.options, result.sets);
  state.parameters = take(file, "parameters", count);
  state.first_moment = take(file, "adamw.first_moment", count);
  state.second_moment = take(file, "adamw.second_moment", count);
  if (file.has_tensor("average")) state.average = take(file, "average", count);
  file.expect_no_more();
  return result;
}

}  // namespace cellmnn
