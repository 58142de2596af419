#include "native/io/models/model_file.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "cellmnn/two_sided.hpp"
#include "error_matcher.hpp"
#include "native/io/models/options_json.hpp"
#include "native/io/models/safetensors.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

ModelFile small_model(bool genes) {
  ModelFile file;
  CellMnn& model = file.model;
  model.config = {OperatorKind::eigen, 2, 3, 2, 1, 12.5, true};
  model.latent = {Vector<double>{{0.1, -2}}, Vector<double>{{1.0 / 3, 4}}};
  model.time_scale = {2, 1.5};
  model.training_times = {2, 4, 7};
  const Index count = parameter_count(model.config);
  model.parameters = Vector<float>::LinSpaced(count, -1, 1);
  if (genes) {
    model.gene_space = {
        {"Jun", "\"Fos\"", "ü"}, Matrix<float>{{1, 2}, {3, 4}, {0, 0}}, Vector<float>{{0.5F, 1, 2}}};
  }
  file.provenance = {{"seed", 42}, {"version", "0.1.0"}};
  return file;
}

std::string written(const TempFolder& folder, bool genes = true) {
  write_model(folder.file("m.safetensors"), small_model(genes));
  return folder.file("m.safetensors");
}

/// A model file after a change to its content.
template <typename Change>
std::string changed(const TempFolder& folder, const Change& change) {
  SafeTensors content = parse_safetensors(bytes_of(written(folder)), "m");
  change(content);
  return folder.write("changed.safetensors", safetensors_bytes(content));
}

template <typename Change>
void refuses(const Change& change, const std::vector<std::string>& parts) {
  const TempFolder folder;
  CHECK_THROWS_MATCHES(read_model(changed(folder, change)), Error, error_with(ErrorCode::bad_input, parts));
}

}  // namespace

TEST_CASE("a model reads back bit for bit", "[model]") {
  const bool genes = GENERATE(true, false);
  const TempFolder folder;
  const ModelFile expected = small_model(genes);
  const ModelFile read = read_model(written(folder, genes));
  const CellMnn &model = read.model, &original = expected.model;
  CHECK(model.config.operator_kind == OperatorKind::eigen);
  CHECK(model.config.dims == 2);
  CHECK(model.config.width == 3);
  CHECK(model.config.depth == 2);
  CHECK(model.config.zero_eigenvalues == 1);
  CHECK(model.config.operator_bound == 12.5);
  CHECK(model.config.affine);
  CHECK(model.latent.mean == original.latent.mean);
  CHECK(model.latent.std == original.latent.std);
  CHECK(model.time_scale.origin == 2);
  CHECK(model.time_scale.unit == 1.5);
  CHECK(model.first_time() == 2);
  CHECK(model.last_time() == 7);
  CHECK(model.parameters == original.parameters);
  CHECK(model.gene_space.genes == original.gene_space.genes);
  CHECK(model.gene_space.loadings == original.gene_space.loadings);
  CHECK(model.gene_space.mean == original.gene_space.mean);
  CHECK(read.provenance == expected.provenance);
}

TEST_CASE("a model with two sides reads back bit for bit, in a format of its own", "[model]") {
  const TempFolder folder;
  ModelFile file = small_model(true);
  const auto count = file.model.parameters.size();
  file.reversed = reversed_model(file.model, Vector<float>::LinSpaced(count, -3, 3));
  write_model(folder.file("m"), file);
  const ModelFile read = read_model(folder.file("m"));
  CHECK(read.model.parameters == file.model.parameters);
  REQUIRE(read.reversed);
  CHECK(read.reversed->parameters == file.reversed->parameters);
  CHECK(read.reversed->training_times == std::vector<double>{2, 5, 7});
  CHECK(read.reversed->latent.std == file.model.latent.std);
  CHECK_FALSE(read_model(written(folder)).reversed);

  SafeTensors content = parse_safetensors(bytes_of(folder.file("m")), "m");
  CHECK(content.metadata.at("format") == "cellmnn/2");
  CHECK(content.tensors.at("reversed.0.weight").shape == std::vector<Index>{3, 3});
  CHECK(content.tensors.size() == 16);
  const auto refuses_now = [&](const std::vector<std::string>& parts) {
    CHECK_THROWS_MATCHES(read_model(folder.write("bad", safetensors_bytes(content))), Error,
                         error_with(ErrorCode::bad_input, parts));
  };
  content.metadata["format"] = "cellmnn/1";
  refuses_now({"'reversed.0.bias' has no use"});
  content.metadata["format"] = "cellmnn/2";
  content.tensors.erase("reversed.2.bias");
  refuses_now({"no tensor 'reversed.2.bias'"});
}

TEST_CASE("only the files of models with mass speak of it", "[model]") {
  const TempFolder folder;
  ModelFile file = small_model(false);
  const auto config_of = [&] {
    write_model(folder.file("m"), file);
    return nlohmann::json::parse(parse_safetensors(bytes_of(folder.file("m")), "m").metadata.at("config"));
  };
  CHECK_FALSE(config_of().contains("mass"));
  CHECK_FALSE(read_model(folder.file("m")).model.config.mass);
  file.model.config.mass = true;
  file.model.parameters = Vector<float>::LinSpaced(parameter_count(file.model.config), -1, 1);
  CHECK(config_of().at("mass") == true);
  const CellMnn read = read_model(folder.file("m")).model;
  CHECK(read.config.mass);
  CHECK(read.parameters == file.model.parameters);
  CHECK_FALSE(as_kept(to_json(TrainOptions{})).contains("mass_penalty"));
}

TEST_CASE("a gene space may have no mean", "[model]") {
  const TempFolder folder;
  ModelFile file = small_model(true);
  file.model.gene_space.mean.resize(0);
  write_model(folder.file("m"), file);
  CHECK(read_model(folder.file("m")).model.gene_space.mean.size() == 0);
}

TEST_CASE("the same model gives the same bytes", "[model]") {
  const TempFolder a, b;
  CHECK(bytes_of(written(a)) == bytes_of(written(b)));
}

TEST_CASE("tensors have the names and shapes of docs/model-format.md", "[model]") {
  const TempFolder folder;
  const SafeTensors content = parse_safetensors(bytes_of(written(folder)), "m");
  const auto shape = [&](const std::string& name) { return content.tensors.at(name).shape; };
  CHECK(shape("encoder.0.weight") == std::vector<Index>{3, 3});
  CHECK(shape("encoder.1.weight") == std::vector<Index>{3, 3});
  CHECK(shape("encoder.2.weight") == std::vector<Index>{7, 3});
  CHECK(shape("encoder.2.bias") == std::vector<Index>{7});
  CHECK(shape("latent.mean") == std::vector<Index>{2});
  CHECK(shape("latent.loadings") == std::vector<Index>{3, 2});
  CHECK(shape("latent.gene_mean") == std::vector<Index>{3});
  CHECK(content.tensors.size() == 10);
  CHECK(std::holds_alternative<std::vector<double>>(content.tensors.at("latent.std").values));
  CHECK(content.metadata.at("format") == "cellmnn/1");
  CHECK(content.metadata.at("time") ==
        R"({"first":2.0,"last":7.0,"origin":2.0,"training":[2.0,4.0,7.0],"unit":1.5})");
  // The weights are those of the flat parameters, in order.
  const auto& weight = std::get<std::vector<float>>(content.tensors.at("encoder.1.weight").values);
  CHECK(weight[0] == small_model(true).model.parameters(12));
}

TEST_CASE("damaged models are refused", "[model]") {
  using Content = SafeTensors;
  refuses([](Content& content) { content.metadata.erase("format"); }, {"no 'format'", "cellmnn/1"});
  refuses([](Content& content) { content.metadata["format"] = "cellmnn/3"; },
          {"'cellmnn/3'", "'cellmnn/1' or 'cellmnn/2' only", "update cellmnn"});
  refuses([](Content& content) { content.metadata["format"] = "pt"; }, {"'pt'", "expected 'cellmnn/1'"});
  refuses([](Content& content) { content.metadata.erase("config"); }, {"no 'config'"});
  refuses([](Content& content) { content.metadata["config"] = "{"; }, {"'config' cannot be understood"});
  refuses([](Content& content) { content.metadata["config"] = "[]"; }, {"'config'", "not a JSON object"});
  refuses([](Content& content) { content.metadata["config"] = R"({"operator":"dense"})"; },
          {"'dims' is missing"});
  refuses([](Content& content) { content.metadata["time"] = R"({"origin":0})"; }, {"'time'", "unit"});
  refuses([](Content& content) { content.metadata["time"] = R"({"origin":0,"unit":0,"first":0,"last":1})"; },
          {"unit of time"});
  refuses([](Content& content) { content.metadata["genes"] = "[1]"; }, {"'genes' cannot be understood"});
  refuses([](Content& content) { content.metadata["genes"] = R"(["a"])"; },
          {"'latent.loadings' has the shape [3,2], expected [1,2]"});
  refuses([](Content& content) { content.metadata["provenance"] = "3"; }, {"'provenance'"});
  refuses(
      [](Content& content) {
        content.metadata["provenance"] =
            R"({"a":)" + std::string(99'999, '[') + std::string(99'999, ']') + "}";
      },
      {"'provenance' cannot be understood", "deeper than 64"});
  refuses([](Content& content) { content.tensors.erase("encoder.2.bias"); }, {"no tensor 'encoder.2.bias'"});
  refuses(
      [](Content& content) {
        content.tensors["encoder.0.bias"].shape = {3, 1};
      },
      {"'encoder.0.bias' has the shape [3,1], expected [3]"});
  refuses(
      [](Content& content) {
        content.tensors["latent.mean"].values = std::vector<float>{1, 2};
      },
      {"'latent.mean' has a wrong dtype, expected F64"});
  refuses([](Content& content) { std::get<0>(content.tensors["encoder.1.weight"].values)[4] = NAN; },
          {"'encoder.1.weight'", "not finite"});
  refuses([](Content& content) { std::get<1>(content.tensors["latent.std"].values)[0] = 0; },
          {"'latent.std'", "above 0"});
  refuses(
      [](Content& content) {
        content.tensors["extra"] = {{1}, std::vector<float>{1}};
      },
      {"'extra' has no use"});
}

TEST_CASE("configurations out of range are bad input, not wrong usage", "[model]") {
  const auto with = [](const std::string& name, const nlohmann::json& value) {
    return [=](SafeTensors& content) {
      auto config = nlohmann::json::parse(content.metadata["config"]);
      config[name] = value;
      content.metadata["config"] = config.dump();
    };
  };
  refuses(with("dims", 0), {"'config' cannot be used", "dims is 0"});
  refuses(with("width", std::int64_t{1} << 60), {"width"});
  refuses(with("width", std::uint64_t{1} << 63), {"'width'", "whole number"});
  refuses(with("depth", 2.5), {"'depth' is 2.5"});
  refuses(with("operator", "diagonal"), {"'operator'", "'dense', 'eigen'"});
  refuses(with("layers", 3), {"'layers' is unknown"});
  refuses(with("width", 4096), {"'encoder.0.weight'", "expected [4096,3]"});
}

TEST_CASE("a truncated model is refused at every length", "[model]") {
  const TempFolder folder;
  const std::string bytes = bytes_of(written(folder));
  for (std::size_t size = 0; size < bytes.size(); size += 13) {
    CHECK_THROWS_MATCHES(read_model(folder.write("t", std::string_view(bytes).substr(0, size))), Error,
                         error_with(ErrorCode::bad_input, {"safetensors"}));
  }
}

TEST_CASE("a model cannot be written to a full disk", "[model]") {
  CHECK_THROWS_MATCHES(write_model("/dev/full", small_model(true)), Error,
                       error_with(ErrorCode::bad_input, {"No space left on device"}));
}

TEST_CASE("options are JSON with the names of the command line", "[options]") {
  TrainOptions options = paper_preset();
  options.model.operator_kind = OperatorKind::eigen;
  options.kinetic_times = KineticTimes::data;
  const nlohmann::json json = to_json(options);
  CHECK(json["operator"] == "eigen");
  CHECK(json["lr"] == 2e-4);
  CHECK(json["schedule"] == "constant");
  CHECK(json["kinetic_times"] == "data");
  CHECK(json["time_unit"] == "raw");
  CHECK(json.size() == 27);
  CHECK(to_json(train_options_from_json(nlohmann::json::parse(json.dump()))) == json);
  CHECK(to_json(model_config_from_json(to_json(options.model))) == to_json(options.model));
}

TEST_CASE("options with wrong names or types are refused", "[options]") {
  const auto refuses_with = [](const std::string& name, const nlohmann::json& value,
                               const std::string& part) {
    nlohmann::json json = to_json(TrainOptions{});
    json[name] = value;
    CHECK_THROWS_MATCHES(train_options_from_json(json), Error,
                         error_with(ErrorCode::bad_input, {name, part}));
  };
  refuses_with("learning_rate", 1e-3, "unknown");
  refuses_with("steps", "many", "whole number");
  refuses_with("steps", 1.5, "whole number");
  refuses_with("lr", "fast", "a number");
  refuses_with("seed", -1, "2^64 - 1");
  refuses_with("schedule", "step", "'constant', 'cosine'");
  refuses_with("time_unit", 3, "'gap', 'raw'");
}
