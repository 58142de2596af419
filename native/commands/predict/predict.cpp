/// cellmnn predict: where the cells of a data file are at other times.
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <utility>

#include "cellmnn/error.hpp"
#include "cellmnn/point_cloud.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/input/model_genes.hpp"
#include "native/commands/predict/cloud_table.hpp"
#include "native/commands/predict/kept_columns.hpp"
#include "native/commands/predict/population_table.hpp"
#include "native/commands/shared/between_flags.hpp"
#include "native/commands/shared/prediction_table.hpp"
#include "native/commands/shared/unused_weights.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/models/model_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr Index kMostCloud = 10'000;
constexpr double kFewCells = 10;

RowRange parse_rows(const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto wrong = Error(ErrorCode::usage, "--rows is '" + text +
                                                 "', but must be A:B, the first row and the one after the "
                                                 "last, such as 0:1000");
  if (colon == std::string::npos) throw Error(wrong);
  const RowRange rows{parse_whole("--rows", text.substr(0, colon), 0),
                      parse_whole("--rows", text.substr(colon + 1), 0)};
  if (rows.size() < 1) throw Error(wrong);
  return rows;
}

struct PredictCommand {
  std::string model;
  bool by_both = false;  ///< the populations between snapshots instead of each cell's path
  BetweenFlags between;
  std::optional<Index> resample, cloud;
  DataFlags data;
  PredictionRequest request;
  std::optional<double> from;
  std::optional<RowRange> rows;
  std::string output;
  GeneralFlags general;

  void add_to(Command& command);
  void run(Session& session) const;
  void refuse_idle_options() const;
  bool is_of_populations() const { return by_both || resample; }
  Index write_cells(const ModelFile& file, Session& session) const;
  Index write_populations(const ModelFile& file, Session& session) const;
  Index write_clouds(const ModelFile& file, Session& session) const;
  DataFlags flags_for(const CellMnn& trained) const;
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
                 [this](const std::string& text) { from = parse_number("--from", text); });
  command.option(group, "--rows", "A:B",
                 "Only the cells of rows A to B of DATA, B not included; the first is 0. They are "
                 "predicted as among all cells, so that the parts of an array of jobs make the whole",
                 [this](const std::string& text) { rows = parse_rows(text); });
  command.flag(group, "--genes", "Also the expression of genes at the first time", request.genes);
  command.option(
      group, "--cloud", "N",
      "N measured later cells that each cell may become, with weights, instead of one place; --times "
      "are then times of DATA, by default all later ones",
      [this](const std::string& text) { cloud = parse_whole("--cloud", text, 1, kMostCloud); });
  command
      .option("Between snapshots", "--between", "forward|both",
              "forward: each cell's own path. both: the whole population at each of --times, as points with "
              "weights, from the snapshots before and after by the two networks of a model of 'train "
              "--two-sided'; outside of the training times by the forward network alone",
              [this](const std::string& text) {
                require_choice("--between", text, {"forward", "both"});
                by_both = text == "both";
              })
      .shown_default("forward");
  command.option(
      group, "--resample", "N",
      "The whole population as N equal cells at each of --times, drawn by weight and --seed; without "
      "--between both from the cells of --from, or else of the last training time before",
      [this](const std::string& text) { resample = parse_whole("--resample", text, 1); });
  between.add_to(command);
  command.option("Output", "-o,--output", "FILE", "Predicted cells: .h5ad, .npz or .csv", output).required();
  general.add_to(command);
  command.footer(
      "A cell follows its own operator up to the next training time. There it gets a new one, from\n"
      "where it is by then, and so on: the model is trained to reach the next snapshot. Backwards alike.\n"
      "\n"
      "A single cell's place is uncertain. --cloud says how much: each row is a cell that cell_before may\n"
      "become, cell_after, with its weight; 'known' is 0 where no more is known of its place than of the\n"
      "population. A cloud is drawn by soft transitions between snapshots (docs/fates.md).\n"
      "\n"
      "The population of --between both is of points between two cells each, which cell_before and\n"
      "cell_after name; their weights sum to 1 at each predicted_time.\n"
      "\n"
      "Examples:\n"
      "  cellmnn predict eb.safetensors eb.h5ad --from 2 --times 2.5,3 -o predicted.h5ad\n"
      "  cellmnn predict both.safetensors eb.h5ad --between both --times 2.5 --resample 5000 -o at2.5.h5ad");
}

void PredictCommand::refuse_idle_options() const {
  if (rows && (is_of_populations() || cloud)) {
    throw Error(ErrorCode::usage, "--rows is about single cells, but " +
                                      std::string(cloud     ? "--cloud"
                                                  : by_both ? "--between both"
                                                            : "--resample") +
                                      " needs all cells at once");
  }
  if (by_both) {
    if (request.ahead || from) {
      throw Error(ErrorCode::usage, std::string("--between both predicts whole populations at --times, so ") +
                                        (request.ahead ? "--ahead" : "--from") + " has no meaning");
    }
    if (cloud)
      throw Error(ErrorCode::usage, "--cloud is about single cells, --between both about populations");
    between.options();
    return;
  }
  if (between.any_given()) {
    throw Error(ErrorCode::usage,
                "--pool, --spread, --bend and --bridge are about both sides: give --between both as well");
  }
  if (!resample) return;
  if (request.ahead) {
    throw Error(ErrorCode::usage,
                "--resample is about whole populations at --times, so --ahead has no meaning");
  }
  if (cloud) throw Error(ErrorCode::usage, "--cloud is about single cells, --resample about populations");
}

/// Weights of a model with mass may rest on a few cells only.
void warn_of_few_cells(const CellTable& table, Session& session) {
  const auto column = [&](const std::string& name) {
    return std::find_if(table.columns.begin(), table.columns.end(),
                        [&](const auto& each) { return each.first == name; });
  };
  const auto weights = column("weight"), to = column("predicted_time"), from = column("time");
  if (weights == table.columns.end()) return;
  std::map<std::pair<double, double>, std::vector<Index>>
      rows;  // by the time of the cells and the predicted time
  for (Index i = 0; i < to->second.size(); ++i)
    rows[{from == table.columns.end() ? 0 : from->second(i), to->second(i)}].push_back(i);
  for (const auto& [times, group] : rows) {
    const double count = effective_count(weights->second(group));
    if (count >= kFewCells || count > 0.5 * static_cast<double>(group.size())) continue;
    session.warn("the weights at time " + number_text(times.second) + " amount to " + fixed(count, 1) +
                 " of " + counted(static_cast<std::int64_t>(group.size()), "cell"));
  }
}

DataFlags PredictCommand::flags_for(const CellMnn& trained) const {
  DataFlags flags = data;
  flags.options.gene_means = request.genes && trained.gene_space.mean.size() == 0;
  return flags;
}

/// The number of rows that were written, as in the others.
Index PredictCommand::write_cells(const ModelFile& file, Session& session) const {
  CellMnn trained = file.model;
  PassOptions passes{rows, from, needs_all_cells(trained), lower_case(output).ends_with(".npz")};
  const OpenInput input = open_input_of_model(flags_for(trained), file, passes, session);
  if (request.genes) complete_gene_space(trained.gene_space, input.file);
  PredictionRequest complete = request;
  complete.kept = kept_columns(data.path, session);
  write_predictions(output, trained, *input.passes, complete, session.pool(), [&](const CellTable& part) {
    if (trained.config.mass) warn_of_few_cells(part, session);
  });
  return input.passes->used();
}

Index PredictCommand::write_populations(const ModelFile& file, Session& session) const {
  CellMnn trained = file.model;
  const DataFile cells = read_input_of_model(flags_for(trained), file, session);
  if (request.genes) complete_gene_space(trained.gene_space, cells);
  if (by_both && !file.reversed) {
    throw Error(ErrorCode::bad_input, "--between both needs a model of two networks, but " + model +
                                          " has one: train it with --two-sided");
  }
  const CellTable table = population_table(
      trained, by_both ? file.reversed : std::nullopt, cells,
      {request.times, from, between.options(), resample, general.seed.value_or(0), request.genes},
      session.pool());
  if (trained.config.mass) warn_of_few_cells(table, session);
  write_table(output, table);
  return table.arrays.front().second.rows();
}

Index PredictCommand::write_clouds(const ModelFile& file, Session& session) const {
  const DataFile cells = read_input_of_model(data, file, session);
  warn_of_unused_weights(file.model, session);
  CloudRequest wanted{{}, request.times, from};
  wanted.clouds.size = *cloud;
  wanted.clouds.seed = general.seed.value_or(0);
  const CloudTable table = cloud_table(file.model, cells, wanted, session.pool());
  if (!session.quiet()) (is_standard_output(output) ? std::cerr : std::cout) << table.text;
  write_table(output, table.cells);
  return table.cells.arrays.front().second.rows();
}

void PredictCommand::run(Session& session) const {
  if (request.times.empty() && !request.ahead && !cloud) {
    throw Error(ErrorCode::usage, "nothing to predict: give --times T,... or --ahead DT");
  }
  if (cloud && (request.ahead || request.genes)) {
    throw Error(ErrorCode::usage, std::string("--cloud gives measured cells, so ") +
                                      (request.ahead ? "--ahead" : "--genes") +
                                      " has no meaning: look for cell_after in DATA");
  }
  refuse_idle_options();
  check_ending("--output", output, kTableEndings);
  check_writable(output, {model, data.path});
  const ModelFile model_file = read_model(model);
  const bool is_of_points = is_of_populations() || cloud;
  const Index count = cloud                 ? write_clouds(model_file, session)
                      : is_of_populations() ? write_populations(model_file, session)
                                            : write_cells(model_file, session);
  session.say("wrote " + output + ": " + counted(count, is_of_points ? "point" : "predicted cell"));
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
