/// cellmnn perturb: what a model, or the network of the data, predicts if genes are switched off or on.
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "cellmnn/network_perturbation.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/gene_input.hpp"
#include "native/commands/input/pair_file.hpp"
#include "native/commands/perturb/fate_changes.hpp"
#include "native/commands/perturb/gene_changes.hpp"
#include "native/commands/perturb/model_report.hpp"
#include "native/commands/perturb/network_report.hpp"
#include "native/commands/perturb/screen_part.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr Index kUsualControls = 50;

struct PerturbCommand {
  std::vector<std::string> arguments;  ///< [MODEL] DATA
  std::string model_path;              ///< empty: by the network
  std::string by;
  std::vector<std::string> ensemble;
  DataFlags data;
  ExpressionFlags expression;
  std::string regulators_file;
  std::vector<NamedChange> changes;
  std::vector<std::string> change_files;  ///< of --gene; also what is no file
  FateChangeFlags fates;
  std::string group, screened, output;
  GeneChange screen_change{0, 0, 0};
  std::vector<double> times;
  std::optional<Index> controls;
  bool with_population = false, screen_pairs = false;
  std::optional<WorkPart> part;
  bool merge = false;  ///< the arguments are parts of a screen
  GeneralFlags general;

  void add_to(Command& command);
  /// Sorts the arguments into model and data. Throws usage for options that do not fit.
  void complete();
  void complete_merge() const;
  void run_model(Session& session) const;
  void run_network(Session& session) const;
  void run_merge(Session& session) const;
  /// Those that are read.
  std::vector<std::string> input_files() const;
  /// Where the text for people goes: not between the values of a table.
  std::ostream& report_stream() const { return is_standard_output(output) ? std::cerr : std::cout; }
};

void PerturbCommand::add_to(Command& command) {
  const std::string section = "Perturbation";
  command
      .arguments(
          "DATA",
          "Cells over time with expression, to ask their network; MODEL DATA asks a model from 'cellmnn "
          "train' on data with genes; --merge FILE...",
          arguments)
      .required();
  data.add_keys_to(command);
  data.add_gene_names_to(command);
  data.add_force_to(command);
  command
      .option(section, "--by", "network|model", "Who predicts",
              [this](const std::string& text) {
                require_choice("--by", text, {"network", "model"});
                by = text;
              })
      .shown_default("model if there is one");
  Option genes = command.repeated_option(
      section, "--gene", "GENE=LEVEL,...|FILE",
      "Set a gene's expression, or multiply it: SOX2=0 is a knock-out, SOX2=x2 doubles; several genes, also "
      "those of a table or of more than one --gene, are changed at once",
      [this](const std::string& text) {
        change_files.push_back(text);
        for (const std::string& pair :
             read_pairs("--gene", text, kNamedChange, {"gene", "genes", "gene_name"})) {
          changes.push_back(parse_named_change("--gene", pair));
        }
      });
  Option screen_genes = command.option(section, "--screen", "all|GENE,...",
                                       "Change each of these genes by itself and rank them", screened);
  screen_genes.excludes(genes);
  command
      .option(section, "--to", "LEVEL|xFACTOR", "The change of --screen",
              [this](const std::string& text) { screen_change = parse_change("--to", text); })
      .shown_default("0, a knock-out")
      .needs(screen_genes);
  command
      .option(section, "--screen-part", "K/N",
              "Do only part K of N of the screen, such as 2/8, and write its answers to -o FILE.jsonl",
              [this](const std::string& text) { part = parse_part("--screen-part", text); })
      .needs(screen_genes);
  command.flag(section, "--merge",
               "Join all parts of a screen, the arguments: ranks and controls as of the screen in one",
               merge);
  command.option(section, "--group", "KEY=LABEL", "Only cells with this obs label, or of a time: time=2",
                 group);
  command
      .option(section, "--times", "T,...", "Predict the changed cells at these times",
              [this](const std::string& text) { times = parse_numbers("--times", text); })
      .shown_default("by the network all, and the last of a screen");
  command
      .option(section, "--controls", "N", "Genes of similar loading and expression to compare with",
              [this](const std::string& text) { controls = parse_whole("--controls", text, 0); })
      .shown_default(std::to_string(kUsualControls));
  command.option(section, "--ensemble", "MODEL,...", "More models of the same data, to average over",
                 [this](const std::string& text) { ensemble = parse_list("--ensemble", text); });
  command.flag(section, "--with-population",
               "By the model: carry moved cells on with their population, and not as if measured there",
               with_population);
  fates.add_to(command);
  const std::string network = "By the network";
  command
      .flag(network, "--screen-pairs",
            "Change each pair of the genes of --screen, and rank pairs by what the sum of both does not say",
            screen_pairs)
      .needs(screen_genes);
  expression.add_to(command, network);
  command.option(network, "--regulators", "FILE|human|mouse",
                 "Only these genes act, one a line, or all transcription factors", regulators_file);
  command.option("Output", "-o,--output", "FILE",
                 "Changes of all genes, or the screen: tsv; a part of it: jsonl; --fates of one gene: h5ad",
                 output);
  general.add_to(command);
  command.footer(
      "By a model, a change moves a cell in the space of components once, at its own time, and the model\n"
      "predicts from there. It is a first-order statement: genes with alike loadings cannot be told apart.\n"
      "By the network a gene is held: the levels of all others follow from snapshot to snapshot.\n"
      "\n"
      "Examples:\n"
      "  cellmnn perturb muscle.safetensors muscle.h5ad --gene MYOD1=0 --group time=24 --times 48,72\n"
      "  cellmnn perturb muscle.safetensors muscle.h5ad --screen all --times 72 -o screen.tsv\n"
      "  cellmnn perturb muscle.h5ad --gene MYOD1=0 --regulators factors.txt\n"
      "  cellmnn perturb muscle.h5ad --screen all --screen-part 2/8 -o 2.jsonl\n"
      "  cellmnn perturb --merge [1-8].jsonl -o screen.tsv");
}

void PerturbCommand::complete() {
  if (merge) return complete_merge();
  std::vector<std::pair<std::string, bool>> not_of_fates = expression.given();
  not_of_fates.insert(not_of_fates.end(), {{"--by", !by.empty()},
                                           {"--gene", !changes.empty()},
                                           {"--times", !times.empty()},
                                           {"--ensemble", !ensemble.empty()},
                                           {"--with-population", with_population},
                                           {"--screen-pairs", screen_pairs},
                                           {"--screen-part", part.has_value()},
                                           {"--regulators", !regulators_file.empty()}});
  if (fates.complete(arguments, not_of_fates, data.path, model_path, screened, output)) return;
  if (by.empty()) by = arguments.size() == 2 ? "model" : "network";
  const bool by_model = by == "model";
  if (arguments.size() != (by_model ? 2U : 1U)) {
    throw Error(ErrorCode::usage, "got " + std::to_string(arguments.size()) + " arguments, but --by " + by +
                                      " needs " + (by_model ? "two, MODEL and DATA" : "one, DATA"));
  }
  data.path = arguments.back();
  if (by_model) model_path = arguments.front();
  std::vector<std::pair<std::string, bool>> of_network = expression.given();
  of_network.emplace_back("--regulators", !regulators_file.empty());
  of_network.emplace_back("--screen-pairs", screen_pairs);
  const std::vector<std::pair<std::string, bool>> of_model = {
      {"--ensemble", !ensemble.empty()},
      {"--controls", controls.has_value()},
      {"--with-population", with_population},
      {"--force", data.force},
      {"--embedding-key", data.options.embedding_key.has_value()}};
  for (const auto& [option, given] : by_model ? of_network : of_model) {
    if (given) {
      throw Error(ErrorCode::usage, option + " is an option of --by " + (by_model ? "network" : "model") +
                                        ", but this asks the " + by);
    }
  }
  if (changes.empty() && screened.empty()) {
    throw Error(ErrorCode::usage, "nothing to change: give --gene GENE=LEVEL or --screen all");
  }
  if (by_model && times.empty()) throw Error(ErrorCode::usage, "--times is required where a model predicts");
  if (!screened.empty() && times.size() != 1 && (by_model || !times.empty())) {
    throw Error(ErrorCode::usage,
                "--screen needs one time in --times, but there are " + std::to_string(times.size()));
  }
  if (part) {
    if (output.empty())
      throw Error(ErrorCode::usage, "--screen-part needs a file for the part: give -o FILE.jsonl");
    check_ending("--output", output, {".jsonl"});
  } else {
    check_ending("--output", output, {".tsv", ".txt"});
  }
  if (!output.empty()) check_writable(output, input_files());
}

void PerturbCommand::complete_merge() const {
  std::vector<std::pair<std::string, bool>> others = expression.given();
  others.insert(others.end(), {{"--by", !by.empty()},
                               {"--gene", !changes.empty()},
                               {"--screen", !screened.empty()},
                               {"--group", !group.empty()},
                               {"--times", !times.empty()},
                               {"--controls", controls.has_value()},
                               {"--ensemble", !ensemble.empty()},
                               {"--with-population", with_population},
                               {"--regulators", !regulators_file.empty()},
                               {"--fates", fates.asked || fates.flags.any_given()},
                               {"--time-key", data.options.time_key.has_value()},
                               {"--time-map", !data.options.time_map.empty()},
                               {"--time-unit", !data.options.time_unit.empty()},
                               {"--embedding-key", data.options.embedding_key.has_value()},
                               {"--gene-names", data.options.gene_names.has_value()},
                               {"--force", data.force}});
  for (const auto& [option, given] : others) {
    if (!given) continue;
    throw Error(ErrorCode::usage,
                option + " has no meaning with --merge: the parts of the screen are done, and only joined");
  }
  check_ending("--output", output, {".tsv", ".txt"});
  if (!output.empty()) check_writable(output, arguments);
}

std::vector<std::string> PerturbCommand::input_files() const {
  if (merge) return arguments;
  std::vector<std::string> files = expression.files();
  files.insert(files.end(), {model_path, data.path, regulators_file, fates.flags.terminal});
  files.insert(files.end(), ensemble.begin(), ensemble.end());
  files.insert(files.end(), change_files.begin(), change_files.end());
  return files;
}

void PerturbCommand::run_network(Session& session) const {
  const double ridge = regulators_file.empty() ? kRidgeOfHeldGenes : LaggedOptions{}.ridge;
  const LaggedInput input = read_lagged_input(data, expression, regulators_file, ridge, session);
  answer_by_network(input, {changes, screened, screen_change, screen_pairs, group, times, output, part},
                    report_stream(), session);
  if (!output.empty()) session.say("wrote " + output);
}

void PerturbCommand::run_model(Session& session) const {
  std::vector<std::string> paths = ensemble;
  paths.insert(paths.begin(), model_path);
  const GeneInput input = read_gene_input(paths, data, false, session);
  answer_by_model(input,
                  {changes, screened, screen_change, group, times, controls.value_or(kUsualControls),
                   with_population, general.seed.value_or(1), output, part},
                  report_stream(), session);
  if (!output.empty()) session.say("wrote " + output);
}

void PerturbCommand::run_merge(Session& session) const {
  tell_screen(merged_screen(arguments), output, report_stream());
  if (!output.empty()) session.say("wrote " + output);
}

}  // namespace

void add_perturb(Program& program) {
  Command command = program.add_command("perturb", "Predict cells of which genes are switched off or on");
  const auto perturb = std::make_shared<PerturbCommand>();
  perturb->add_to(command);
  command.on_run([perturb] {
    perturb->complete();
    in_session("perturb", perturb->general, perturb->input_files(), [&](Session& session) {
      if (perturb->merge) {
        perturb->run_merge(session);
      } else if (perturb->fates.asked) {
        answer_by_fates({perturb->fates.flags, perturb->model_path, perturb->data, perturb->screened,
                         perturb->screen_change, perturb->group, perturb->controls.value_or(kUsualControls),
                         perturb->general.seed.value_or(0), perturb->output},
                        perturb->report_stream(), session);
      } else if (perturb->by == "model") {
        perturb->run_model(session);
      } else {
        perturb->run_network(session);
      }
    });
  });
}

}  // namespace cellmnn
