#include "native/io/models/model_file.hpp"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "cellmnn/two_sided.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/models/options_json.hpp"
#include "native/io/models/tensor_file.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {
namespace {

using nlohmann::json;

constexpr const char* kOneSided = "cellmnn/1";
constexpr const char* kTwoSided = "cellmnn/2";  // what cannot read it would miss the reversed network

constexpr const char* kForward = "encoder";  // tensors of the networks
constexpr const char* kReversed = "reversed";

template <typename Scalar>
std::vector<Scalar> values_of(const Scalar* begin, Index count) {
  return {begin, begin + count};
}

std::string layer_name(const char* network, std::size_t layer, const char* part) {
  return std::string(network) + "." + std::to_string(layer) + "." + part;
}

void add_encoder(const CellMnn& model, const char* network, SafeTensors& content) {
  const std::vector<ParameterLayer> layers = parameter_layers(model.config);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const ParameterLayer& layer = layers[i];
    const float* parameters = model.parameters.data();
    content.tensors[layer_name(network, i, "weight")] = {
        {layer.outputs, layer.inputs}, values_of(parameters + layer.weight, layer.outputs * layer.inputs)};
    content.tensors[layer_name(network, i, "bias")] = {{layer.outputs},
                                                       values_of(parameters + layer.bias, layer.outputs)};
  }
}

/// The tensors of all layers one after the other, which is their order in memory.
Vector<float> take_encoder(const ModelConfig& config, const char* network, TensorFile& file) {
  const std::vector<ParameterLayer> layers = parameter_layers(config);
  std::vector<float> parameters;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const ParameterLayer& layer = layers[i];
    const std::vector<float> weight =
        file.take<float>(layer_name(network, i, "weight"), {layer.outputs, layer.inputs});
    const std::vector<float> bias = file.take<float>(layer_name(network, i, "bias"), {layer.outputs});
    parameters.insert(parameters.end(), weight.begin(), weight.end());
    parameters.insert(parameters.end(), bias.begin(), bias.end());
  }
  return to_vector(parameters);
}

void add_gene_space(const GeneSpace& space, SafeTensors& content) {
  if (space.empty()) return;
  content.metadata["genes"] = metadata_text(space.genes);
  content.tensors["latent.loadings"] = {{space.loadings.rows(), space.loadings.cols()},
                                        values_of(space.loadings.data(), space.loadings.size())};
  if (space.mean.size() > 0) {
    content.tensors["latent.gene_mean"] = {{space.mean.size()},
                                           values_of(space.mean.data(), space.mean.size())};
  }
}

GeneSpace take_gene_space(Index dims, TensorFile& file) {
  GeneSpace space;
  if (!file.has_metadata("genes")) return space;
  space.genes =
      file.metadata("genes", [](const json& genes) { return genes.get<std::vector<std::string>>(); });
  const auto genes = static_cast<Index>(space.genes.size());
  const std::vector<float> loadings = file.take<float>("latent.loadings", {genes, dims});
  space.loadings = Eigen::Map<const Matrix<float>>(loadings.data(), genes, dims);
  if (file.has_tensor("latent.gene_mean"))
    space.mean = to_vector(file.take<float>("latent.gene_mean", {genes}));
  return space;
}

/// The training times of a model; files of version 0.1 have them in the provenance alone.
std::vector<double> training_times(const json& time, const json& provenance) {
  const json::json_pointer recorded("/data/times");
  if (time.contains("training")) return time.at("training").get<std::vector<double>>();
  if (provenance.contains(recorded)) return provenance.at(recorded).get<std::vector<double>>();
  return {time.at("first").get<double>(), time.at("last").get<double>()};
}

bool ascends(const std::vector<double>& times) {
  return std::adjacent_find(times.begin(), times.end(), std::greater_equal<>()) == times.end();
}

/// What is known of the growth of cells besides the network, if anything is.
void add_growth(const CellMnn& model, SafeTensors& content) {
  if (!model.growth_prior && model.growth_shift.empty()) return;
  content.metadata["growth"] = metadata_text({{"prior", model.growth_prior}, {"shift", model.growth_shift}});
}

void take_growth(const TensorFile& file, CellMnn& model) {
  if (!file.has_metadata("growth")) return;
  file.metadata("growth", [&](const json& growth) {
    model.growth_prior = growth.at("prior").get<bool>();
    model.growth_shift = growth.at("shift").get<std::vector<double>>();
    return 0;
  });
  if (!model.config.mass) throw file.error("it has the metadata 'growth', but no mass");
  const std::size_t intervals = model.training_times.size() - 1;
  if (!model.growth_shift.empty() && model.growth_shift.size() != intervals) {
    throw file.error("the metadata 'growth' hold " + std::to_string(model.growth_shift.size()) +
                     " shifts, but there are " + std::to_string(intervals) +
                     " intervals between training times");
  }
}

ModelConfig parse_config(const json& object) {
  const ModelConfig config = model_config_from_json(object);
  validate(config);
  return config;
}

}  // namespace

std::string model_bytes(const ModelFile& file) {
  const CellMnn& model = file.model;
  SafeTensors content;
  content.metadata = {{"format", file.reversed ? kTwoSided : kOneSided},
                      {"config", metadata_text(as_kept(to_json(model.config)))},
                      {"time", metadata_text({{"origin", model.time_scale.origin},
                                              {"unit", model.time_scale.unit},
                                              {"first", model.first_time()},
                                              {"last", model.last_time()},
                                              {"training", model.training_times}})},
                      {"provenance", metadata_text(file.provenance)}};
  add_encoder(model, kForward, content);
  if (file.reversed) add_encoder(*file.reversed, kReversed, content);
  const LatentSpace& latent = model.latent;
  content.tensors["latent.mean"] = {{latent.mean.size()}, values_of(latent.mean.data(), latent.mean.size())};
  content.tensors["latent.std"] = {{latent.std.size()}, values_of(latent.std.data(), latent.std.size())};
  add_gene_space(model.gene_space, content);
  add_growth(model, content);
  return safetensors_bytes(content);
}

void write_model(const std::string& path, const ModelFile& file) { write_file(path, model_bytes(file)); }

ModelFile read_model(const std::string& path) { return parse_model(read_file(path), path); }

ModelFile parse_model(std::string_view bytes, const std::string& path) {
  TensorFile file(bytes, path, {kOneSided, kTwoSided});
  ModelFile result;
  CellMnn& model = result.model;
  model.config = file.metadata("config", parse_config);
  result.provenance = file.metadata("provenance", [](const json& object) { return object; });
  if (!result.provenance.is_object()) throw file.error("the metadata 'provenance' are not a JSON object");
  file.metadata("time", [&](const json& time) {
    model.time_scale = {time.at("origin").get<double>(), time.at("unit").get<double>()};
    model.training_times = training_times(time, result.provenance);
    return 0;
  });
  if (model.time_scale.unit <= 0) throw file.error("its unit of time is not above 0");
  if (model.training_times.empty() || !ascends(model.training_times))
    throw file.error("its training times do not ascend");
  take_growth(file, model);

  const Index dims = model.config.dims;
  model.parameters = take_encoder(model.config, kForward, file);
  model.latent = {to_vector(file.take<double>("latent.mean", {dims})),
                  to_vector(file.take<double>("latent.std", {dims}))};
  if ((model.latent.std.array() <= 0).any())
    throw file.error("'latent.std' holds values that are not above 0");
  model.gene_space = take_gene_space(dims, file);
  if (file.format() == kTwoSided)
    result.reversed = reversed_model(model, take_encoder(model.config, kReversed, file));
  file.expect_no_more();
  return result;
}

}  // namespace cellmnn
