/// cellmnn inspect: what the program understands of a file.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "native/command_line/command_line.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/shared/data_input.hpp"
#include "native/commands/shared/training_run.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

struct InspectCommand {
  DataFlags data;
  GeneralFlags general;
  bool json = false;
};

bool is_data(const std::string& path) {
  for (const std::string ending : {".h5ad", ".npz", ".csv"}) {
    if (path.size() >= ending.size() &&
        path.compare(path.size() - ending.size(), ending.size(), ending) == 0) {
      return true;
    }
  }
  return false;
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

void inspect_data(const InspectCommand& inspect) {
  const DataFile file = read_data(inspect.data.path, inspect.data.options);
  if (inspect.json) {
    std::cout << json_text(data_json(file), 2) << "\n";
    return;
  }
  std::cout << description(file) << "\n";
  for (const std::string& warning : file.warnings) std::cout << "  warning: " << warning << "\n";
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

void add_inspect(CLI::App& program) {
  CLI::App* command = program.add_subcommand("inspect", "Show how a data file or a model is understood");
  const auto inspect = std::make_shared<InspectCommand>();
  inspect->data.add_to(*command, "FILE", "Cells over time (.h5ad, .npz, .csv) or a model");
  inspect->data.add_dims_to(*command);
  command->add_flag("--json", inspect->json, "Print JSON")->group("Output");
  inspect->general.add_to(*command);
  command->footer(
      "Examples:\n"
      "  cellmnn inspect eb.h5ad\n"
      "  cellmnn inspect eb.safetensors --json");
  command->callback([inspect] {
    in_session("inspect", inspect->general, {inspect->data.path}, [&](Session& /*session*/) {
      if (is_data(inspect->data.path)) {
        inspect_data(*inspect);
      } else {
        inspect_model(*inspect);
      }
    });
  });
}

}  // namespace cellmnn
