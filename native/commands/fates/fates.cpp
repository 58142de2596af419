/// cellmnn fates: where cells end, with which probability.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/fates/fate_genes.hpp"
#include "native/commands/fates/fate_labels.hpp"
#include "native/commands/fates/fate_report.hpp"
#include "native/commands/input/fate_input.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/output_names.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::int64_t kMostDriverPermutations = 10'000;

struct FatesCommand {
  std::vector<std::string> arguments;
  std::string model;
  DataFlags data;
  FateFlags flags;
  std::string output, drivers, trends, ancestors, flows, labels_key;
  std::vector<std::string> genes;
  DriverOptions driver_options;
  bool replace = false;
  GeneralFlags general;

  void add_to(Command& command);
  void complete();
  void run(Session& session) const;
};

void FatesCommand::add_to(Command& command) {
  command
      .arguments("DATA", "Cells over time: .h5ad; or MODEL DATA with a model from 'cellmnn train'", arguments)
      .required();
  data.add_keys_to(command);
  data.add_force_to(command);
  flags.add_to(command);
  const std::string genes_group = "Genes";
  command.option(genes_group, "--drivers", "FILE",
                 "Also a table of the genes that differ between cells of a time with a high and a low "
                 "probability of a fate: .tsv",
                 drivers);
  command
      .option(genes_group, "--permutations", "N", "Random quarters of the cells, for p of --drivers",
              [this](const std::string& text) {
                driver_options.permutations = parse_whole("--permutations", text, 1, kMostDriverPermutations);
              })
      .shown_default(std::to_string(driver_options.permutations));
  command.option(genes_group, "--trends", "FILE",
                 "Also a table of expression over time along the way to each fate: .tsv", trends);
  command.option(genes_group, "--genes", "GENE,...", "Only these genes, for --trends",
                 [this](const std::string& text) { genes = parse_list("--genes", text); });
  const std::string labels_group = "Labels of all times";
  command.option(labels_group, "--ancestors", "FILE",
                 "Also a table of the labels that the ancestors of each fate have at each time: .tsv",
                 ancestors);
  command.option(labels_group, "--alluvial", "FILE",
                 "Also a table of which labels become which from time to time, measured and predicted: .tsv",
                 flows);
  command.option(labels_group, "--ancestor-key", "KEY", "The obs column of these labels", labels_key)
      .shown_default("that of --label-key");
  command
      .option("Output", "-o,--output", "FILE", "DATA with the fates: .h5ad; or a table of cells: .tsv",
              output)
      .required();
  command.flag("Output", "--replace", "Replace entries that DATA has already", replace);
  general.add_to(command);
  command.footer(
      "A cell's probability of each fate is carried back from the last time by soft transitions between\n"
      "neighbouring times. Look at 'known' first: where it is below 0.01, nothing is known of the fates of\n"
      "cells of this time, and their probabilities are base rates.\n"
      "Adds obsm fates_fwd and lineages_fwd (for CellRank); obs term_states_fwd, cellmnn_fate_decided,\n"
      "cellmnn_fate_commitment; uns fates_fwd_names, term_states_fwd_colors, cellmnn.\n"
      "\n"
      "Examples:\n"
      "  cellmnn fates ready.h5ad --label-key cell_type -o fates.h5ad\n"
      "  cellmnn fates model.safetensors ready.h5ad --label-key state --undecided progenitor -o fates.tsv");
}

void FatesCommand::complete() {
  if (arguments.size() > 2) {
    throw Error(ErrorCode::usage,
                "got " + std::to_string(arguments.size()) + " arguments, but expected DATA, or MODEL DATA");
  }
  data.path = arguments.back();
  if (arguments.size() == 2) model = arguments.front();
  check_ending("--output", output, {".h5ad", ".tsv"});
  check_ending("--drivers", drivers, {".tsv"});
  check_ending("--trends", trends, {".tsv"});
  check_ending("--ancestors", ancestors, {".tsv"});
  check_ending("--alluvial", flows, {".tsv"});
  check_outputs_differ({{"--output", output},
                        {"--drivers", drivers},
                        {"--trends", trends},
                        {"--ancestors", ancestors},
                        {"--alluvial", flows}});
  const bool asks_labels = !ancestors.empty() || !flows.empty();
  if (labels_key.empty()) labels_key = flags.label_key;
  if (asks_labels && labels_key.empty()) {
    throw Error(ErrorCode::usage,
                "--ancestors and --alluvial need labels of all times: give --ancestor-key KEY");
  }
  if (!asks_labels && labels_key != flags.label_key) {
    throw Error(ErrorCode::usage, "--ancestor-key is about --ancestors FILE and --alluvial FILE");
  }
  for (const std::string& path : {output, drivers, trends, ancestors, flows}) {
    if (!path.empty()) check_writable(path, {model, data.path, flags.terminal});
  }
  if (!genes.empty() && trends.empty()) throw Error(ErrorCode::usage, "--genes is about --trends FILE");
  data.options.expression = !drivers.empty() || !trends.empty();
}

void FatesCommand::run(Session& session) const {
  FateFlags complete = flags;
  complete.options.seed = general.seed.value_or(0);
  const FateData input = read_fate_data(model, data, complete, session);
  if (!drivers.empty()) require_expression(input.file, "--drivers");
  if (!trends.empty()) require_expression(input.file, "--trends");
  const KnownFates known = read_known_fates(input.file, complete, session);
  const Fates fates = fates_of(input.file.data, known, complete.options, input.moved_by(), session.pool());
  nlohmann::ordered_json facts = {{"version", CELLMNN_VERSION},
                                  {"starts", starts_name(input, complete)},
                                  {"dims", input.file.data.dims()},
                                  {"time_key", input.file.time_key},
                                  {"label_key", complete.label_key}};
  facts.update(fate_facts(input.file, fates));
  session.log().write("fates", facts);
  OutputGroup outputs;
  if (output.ends_with(".h5ad")) {
    const std::vector<std::string> colors = fate_colors(input.file, complete, fates.names);
    write_annotated(data.path, output, fate_annotation(input.file, fates, known, colors, facts), replace);
  } else {
    write_file(output, fate_table(input.file, fates));
  }
  if (!drivers.empty()) {
    DriverOptions seeded = driver_options;
    seeded.seed = complete.options.seed;
    write_file(drivers, driver_table(input.file, fates, seeded, session));
  }
  if (!trends.empty()) write_file(trends, trend_table(input.file, fates, genes));
  if (!ancestors.empty()) {
    write_file(ancestors, ancestor_table(input.file, fates, read_labels(input.file, labels_key)));
  }
  if (!flows.empty()) {
    write_file(flows,
               flow_table(input, read_labels(input.file, labels_key), complete.options, session.pool()));
  }
  outputs.appear();
  (is_standard_output(output) ? std::cerr : std::cout) << fate_text(input.file, fates);
  session.say("wrote " + output + ": " + counted(input.file.data.cells(), "cell") + ", " +
              counted(fates.base_rates.size(), "fate"));
}

}  // namespace

void add_fates(Program& program) {
  Command command = program.add_command("fates", "Where cells end, with which probability");
  const auto fates = std::make_shared<FatesCommand>();
  fates->add_to(command);
  command.on_run([fates] {
    fates->complete();
    in_session("fates", fates->general, {fates->model, fates->data.path, fates->flags.terminal},
               [&](Session& session) { fates->run(session); });
  });
}

}  // namespace cellmnn
