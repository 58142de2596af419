/// cellmnn predict: where the cells of a data file are at other times.
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/predict/kept_columns.hpp"
#include "native/commands/shared/data_input.hpp"
#include "native/commands/shared/model_genes.hpp"
#include "native/commands/shared/prediction_table.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

struct PredictCommand {
  std::string model;
  DataFlags data;
  PredictionRequest request;
  std::string output;
  GeneralFlags general;

  void add_to(Command& command);
  void run(Session& session) const;
};

void PredictCommand::add_to(Command& command) {
  const std::string group = "Prediction";
  command.argument("MODEL", "A model from 'cellmnn train'", model);
  data.add_to(command);
  data.add_gene_names_to(command);
  data.add_force_to(command);
  Option times =
      command.option(group, "--times", "T,...", "Predict every cell at these times",
                     [this](const std::string& text) { request.times = parse_numbers("--times", text); });
  command
      .option(group, "--ahead", "DT", "Predict every cell DT after its own time; negative is the past",
              [this](const std::string& text) { request.ahead = parse_number("--ahead", text); })
      .excludes(times);
  command.option(group, "--from", "TIME", "Only the cells of this time",
                 [this](const std::string& text) { request.from = parse_number("--from", text); });
  command.flag(group, "--genes", "Also the expression of genes at the first time", request.genes);
  command.option("Output", "-o,--output", "FILE", "Predicted cells: .h5ad, .npz or .csv", output).required();
  general.add_to(command);
  command.footer(
      "A cell follows its own operator up to the next training time. There it gets a new one, from\n"
      "where it is by then, and so on: the model is trained to reach the next snapshot. Backwards alike.\n"
      "\n"
      "Example:\n"
      "  cellmnn predict eb.safetensors eb.h5ad --from 2 --times 2.5,3 -o predicted.h5ad");
}

void PredictCommand::run(Session& session) const {
  if (request.times.empty() && !request.ahead) {
    throw Error(ErrorCode::usage, "nothing to predict: give --times T,... or --ahead DT");
  }
  check_ending("--output", output, kTableEndings);
  check_writable(output, {model, data.path});
  const ModelFile model_file = read_model(model);
  CellMnn trained = model_file.model;
  DataFlags flags = data;
  flags.options.gene_means = request.genes && trained.gene_space.mean.size() == 0;
  const DataFile file = read_input_of_model(flags, model_file, session);
  if (request.genes) complete_gene_space(trained.gene_space, file);
  PredictionRequest whole = request;
  whole.labels = kept_columns(data.path, session);
  const CellTable table = prediction_table(trained, file, whole, session.pool());
  write_table(output, table);
  session.say("wrote " + output + ": " + counted(table.arrays.front().second.rows(), "predicted cell"));
}

}  // namespace

void add_predict(Program& program) {
  Command command = program.add_command("predict", "Move cells to other times with a model");
  const auto predict = std::make_shared<PredictCommand>();
  predict->add_to(command);
  command.on_run([predict] {
    in_session("predict", predict->general, {predict->model, predict->data.path},
               [&](Session& session) { predict->run(session); });
  });
}

}  // namespace cellmnn
