/// cellmnn inspect: what the program understands of a file.
#include <array>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "native/command_line/command.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/inspect/contents.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

struct InspectCommand {
  DataFlags data;
  GeneralFlags general;
  bool json = false;
};

/// A safetensors file begins with the length of its header, in 8 bytes, and the header, which is JSON.
bool begins_as_model(const std::string& path) {
  const InputFile file(path);
  std::array<char, 9> start = {};
  if (file.size() < start.size()) return false;
  file.read(0, start.data(), start.size());
  return start.back() == '{';
}

bool is_model(const std::string& path) {
  if (path.ends_with(".safetensors") || path.ends_with(".checkpoint")) return true;
  return !std::filesystem::is_directory(path) && !is_data_name(path) && begins_as_model(path);
}

nlohmann::ordered_json model_json(const std::string& path, const ModelFile& file) {
  const CellMnn& model = file.model;
  return {{"path", path},
          {"operator", name(model.config.operator_kind)},
          {"dims", model.config.dims},
          {"width", model.config.width},
          {"depth", model.config.depth},
          {"zero_eigenvalues", model.config.zero_eigenvalues},
          {"operator_bound", model.config.operator_bound},
          {"affine", model.config.affine},
          {"parameters", model.parameters.size()},
          {"two_sided", file.reversed.has_value()},
          {"first_time", model.first_time()},
          {"last_time", model.last_time()},
          {"time_unit", model.time_scale.unit},
          {"genes", model.gene_space.genes.size()},
          {"provenance", file.provenance}};
}

std::string model_text(const std::string& path, const ModelFile& file) {
  const CellMnn& model = file.model;
  std::string text = path + ": a Cell-MNN with " + counted(model.parameters.size(), "parameter") + "\n";
  const auto line = [&](const std::string& key, const std::string& value) {
    text += "  " + key + std::string(14 - key.size(), ' ') + value + "\n";
  };
  line("operator", std::string(name(model.config.operator_kind)) + ", " +
                       counted(model.config.zero_eigenvalues, "zero eigenvalue"));
  if (file.reversed) line("sides", "two: a second network, of as many parameters, of the mirrored course");
  line("network", counted(model.config.depth, "hidden layer") + " of " + std::to_string(model.config.width));
  line("dimensions", std::to_string(model.config.dims));
  line("genes",
       model.gene_space.empty() ? "none" : grouped(static_cast<std::int64_t>(model.gene_space.genes.size())));
  line("times", number_text(model.first_time()) + " to " + number_text(model.last_time()) + ", model unit " +
                    number_text(model.time_scale.unit));
  for (const auto& [key, value] : file.provenance.items()) {
    if (!value.is_object()) {
      line(key, json_text(value));
      continue;
    }
    text += "  " + key + "\n";
    for (const auto& [inner_key, inner_value] : value.items()) {
      text += "    " + inner_key + " " + json_text(inner_value) + "\n";
    }
  }
  return text;
}

/// The times of an .h5ad file that has no coordinates, or why they are not known.
std::string times_of_counts(const std::string& path, const DataOptions& options) {
  try {
    const DataFile file = read_h5ad_times(path, options);
    return "  times from " + file.time_key + "\n" + times_table(file);
  } catch (const ReadFailure&) {
    throw;
  } catch (const Error& error) {
    if (options.time_key || !options.time_map.empty()) throw;
    return "  times: " + std::string(error.what()) + "\n";
  }
}

/// What a file holds that is no time course, and what to do with it.
void show_contents(const InspectCommand& inspect, const FileContents& contents) {
  if (inspect.json) {
    const nlohmann::ordered_json json = {{"path", inspect.data.path},
                                         {"format", contents.format},
                                         {"contents", contents_json(contents)},
                                         {"advice", contents.advice}};
    std::cout << json_text(json, 2) << "\n";
    return;
  }
  std::cout << inspect.data.path << " (" << contents.format << ")\n" << contents_text(contents);
  if (contents.format == "h5ad") std::cout << times_of_counts(inspect.data.path, inspect.data.options);
  std::cout << "  " << contents.advice << "\n";
}

void inspect_data(const InspectCommand& inspect) {
  const std::optional<FileContents> contents = contents_of(inspect.data.path);
  if (contents && !contents->advice.empty()) return show_contents(inspect, *contents);
  DataOptions options = inspect.data.options;
  options.most_dims = ModelConfig{}.dims;  // what 'train' takes
  std::optional<DataFile> file;
  try {
    file = read_data(inspect.data.path, options);
  } catch (const Error&) {
    // What is there helps to choose what is asked for.
    if (contents && !inspect.json) std::cout << inspect.data.path << "\n" << contents_text(*contents);
    throw;
  }
  if (inspect.json) {
    nlohmann::ordered_json json = data_json(*file);
    if (contents) json["contents"] = contents_json(*contents);
    std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return;
  }
  std::cout << description(*file) << "\n";
  if (contents) std::cout << contents_text(*contents);
  for (const std::string& warning : file->warnings) std::cout << "  warning: " << warning << "\n";
}

void inspect_model(const InspectCommand& inspect) {
  const ModelFile file = read_model(inspect.data.path);
  if (inspect.json) {
    std::cout << json_text(model_json(inspect.data.path, file), 2) << "\n";
  } else {
    std::cout << model_text(inspect.data.path, file);
  }
}

}  // namespace

void add_inspect(Program& program) {
  Command command = program.add_command("inspect", "Show how a data file or a model is understood");
  const auto inspect = std::make_shared<InspectCommand>();
  inspect->data.add_to(command, "FILE", "Cells over time (.h5ad, .npz, .csv), counts, or a model");
  inspect->data.add_gene_names_to(command);
  inspect->data.add_dims_to(command);
  command.flag("Output", "--json", "Print JSON", inspect->json);
  inspect->general.add_to(command);
  command.footer(
      "Examples:\n"
      "  cellmnn inspect eb.h5ad\n"
      "  cellmnn inspect filtered_feature_bc_matrix.h5\n"
      "  cellmnn inspect eb.safetensors --json");
  command.on_run([inspect] {
    in_session("inspect", inspect->general, {inspect->data.path}, [&](Session& /*session*/) {
      if (is_model(inspect->data.path)) {
        inspect_model(*inspect);
      } else {
        inspect_data(*inspect);
      }
    });
  });
}

}  // namespace cellmnn
