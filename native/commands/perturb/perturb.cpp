/// cellmnn perturb: what a model, or the network of the data, predicts if genes are switched off or on.
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/perturb/fate_changes.hpp"
#include "native/commands/perturb/gene_changes.hpp"
#include "native/commands/perturb/network_report.hpp"
#include "native/commands/perturb/perturbation_text.hpp"
#include "native/commands/shared/gene_input.hpp"
#include "native/commands/shared/pair_file.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kShown = 20;  // genes of a screen in the text
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
  FateChangeFlags fates;
  std::string group, screened, output;
  GeneChange screen_change{0, 0, 0};
  std::vector<double> times;
  std::optional<Index> controls;
  GeneralFlags general;

  void add_to(Command& command);
  /// Sorts the arguments into model and data. Throws usage for options that do not fit.
  void complete();
  void run(Session& session) const;
  void run_network(Session& session) const;
  CellGroup chosen_cells(const GeneInput& input) const;
  /// Where the text for people goes: not between the values of a table.
  std::ostream& report_stream() const { return is_standard_output(output) ? std::cerr : std::cout; }
  void run_changes(const GeneInput& input, const CellGroup& cells, Session& session) const;
  void run_screen(const GeneInput& input, const CellGroup& cells, Session& session) const;
};

/// The name of the group of a time, which may be written in another way: "2.0".
std::string time_group(const GeneInput& input, const std::string& text) {
  const TimeCourse& data = input.file.data;
  const std::optional<double> time = parse_number(text);
  const std::optional<Index> snapshot = time ? find_snapshot(data, *time) : std::nullopt;
  if (!snapshot) return "time " + text;
  return "time " + number_text(data.snapshots[static_cast<std::size_t>(*snapshot)].time);
}

void PerturbCommand::add_to(Command& command) {
  const std::string section = "Perturbation";
  command
      .arguments(
          "DATA",
          "Cells over time with expression, to ask their network; MODEL DATA asks a model from 'cellmnn "
          "train' on data with genes",
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
  fates.add_to(command);
  const std::string network = "By the network";
  expression.add_to(command, network);
  command.option(network, "--regulators", "FILE|human|mouse",
                 "Only these genes act, one a line, or all transcription factors", regulators_file);
  command.option("Output", "-o,--output", "FILE", "Changes of all genes, or the screen: tsv", output);
  general.add_to(command);
  command.footer(
      "Examples:\n"
      "  cellmnn perturb muscle.safetensors muscle.h5ad --gene MYOD1=0 --group time=24 --times 48,72\n"
      "  cellmnn perturb muscle.safetensors muscle.h5ad --screen all --times 72 -o screen.tsv\n"
      "  cellmnn perturb muscle.h5ad --gene MYOD1=0 --regulators factors.txt\n"
      "By a model, a change moves a cell in the space of components once, at its own time, and the model\n"
      "predicts from there. It is a first-order statement: genes with alike loadings cannot be told apart.\n"
      "By the network a gene is held: the levels of all others follow from snapshot to snapshot.");
}

CellGroup PerturbCommand::chosen_cells(const GeneInput& input) const {
  if (group.empty()) return cell_groups(input, std::nullopt).front();
  const std::size_t equals = group.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorCode::usage, "--group is '" + group + "', but must be KEY=LABEL, such as time=2");
  }
  const std::string key = group.substr(0, equals), label = group.substr(equals + 1);
  return group_named(cell_groups(input, key), "--group", key == "time" ? time_group(input, label) : label);
}

void PerturbCommand::run_changes(const GeneInput& input, const CellGroup& cells, Session& session) const {
  const GeneSpace& space = input.models.front().gene_space;
  PerturbationQuestion question;
  question.controls = controls.value_or(kUsualControls);
  question.seed = general.seed.value_or(1);
  for (const auto& [gene, change] : changes) {
    question.changes.push_back({modelled_gene(space, model_name(input, gene)), change.times, change.plus});
  }
  const Matrix<float> positions = input.cells.positions_of(cells);
  const Vector<double> t = input.cells.times_of(cells);
  std::string table = "time\tgene\tchange\tcontrol_mean\tcontrol_sd\n";
  for (const double time : times) {
    question.time = time;
    const PerturbationReport report =
        perturbation_report(input.models, positions, t, question, session.pool());
    report_stream() << report_text(report, space.genes, question.changes);
    session.log().write("perturbation", {{"time", time},
                                         {"cells", report.cells},
                                         {"shift_of_mean", report.shift.of_mean},
                                         {"shift_of_cells", report.shift.of_cells},
                                         {"w1", report.w1},
                                         {"controls", report.control_shifts.size()},
                                         {"control_shift", report.control_shift},
                                         {"p", report.p}});
    for (Index g = 0; g < report.gene_changes.size(); ++g) {
      if (is_changed(g, question.changes)) continue;
      table += number_text(time) + "\t" + csv_field(space.genes[static_cast<std::size_t>(g)]) + "\t" +
               number_text(report.gene_changes(g)) + "\t" + number_text(report.control_mean(g)) + "\t" +
               number_text(report.control_sd(g)) + "\n";
    }
  }
  if (!output.empty()) write_file(output, table);
}

void PerturbCommand::run_screen(const GeneInput& input, const CellGroup& cells, Session& session) const {
  const GeneSpace& space = input.models.front().gene_space;
  ScreenQuestion question;
  question.times = screen_change.times;
  question.plus = screen_change.plus;
  question.time = times.front();
  question.controls = controls.value_or(kUsualControls);
  if (screened == "all") {
    question.genes = modelled_genes(space);
  } else {
    for (const std::string& name : parse_list("--screen", screened))
      question.genes.push_back(modelled_gene(space, model_name(input, name)));
  }
  const Vector<double> t = input.cells.times_of(cells);
  const std::vector<RankedGene> result =
      ranked_screen(input.models, input.cells.positions_of(cells), t, question, session.pool());

  std::string text = "rank\tgene\tshift_of_mean\tshift_of_cells\texpression\tloading\tcontrol_z\n";
  Table table({"rank", "gene", "shift of mean", "of cells", "expression", "loading", "z of controls"});
  for (std::size_t r = 0; r < result.size(); ++r) {
    const RankedGene& gene = result[r];
    const std::string name = space.genes[static_cast<std::size_t>(gene.gene)];
    text += std::to_string(r + 1) + "\t" + csv_field(name) + "\t" + number_text(gene.shift.of_mean) + "\t" +
            number_text(gene.shift.of_cells) + "\t" + number_text(gene.expression) + "\t" +
            number_text(gene.loading) + "\t" +
            (std::isnan(gene.control_z) ? "" : number_text(gene.control_z)) + "\n";
    if (r < kShown) {
      table.add({std::to_string(r + 1), name, fixed(gene.shift.of_mean, 4), fixed(gene.shift.of_cells, 4),
                 fixed(gene.expression, 3), fixed(gene.loading, 3), fixed(gene.control_z, 2)});
    }
  }
  const auto taking_part = static_cast<std::int64_t>(cells_until(t, question.time).size());
  report_stream() << counted(static_cast<std::int64_t>(result.size()), "gene")
                  << ", each changed by itself in " << counted(taking_part, "cell") << ", predicted at time "
                  << number_text(question.time) << "\n"
                  << table.text();
  if (!output.empty()) write_file(output, text);
}

void PerturbCommand::complete() {
  std::vector<std::pair<std::string, bool>> not_of_fates = expression.given();
  not_of_fates.insert(not_of_fates.end(), {{"--by", !by.empty()},
                                           {"--gene", !changes.empty()},
                                           {"--times", !times.empty()},
                                           {"--ensemble", !ensemble.empty()},
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
  const std::vector<std::pair<std::string, bool>> of_model = {
      {"--ensemble", !ensemble.empty()},
      {"--controls", controls.has_value()},
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
  check_ending("--output", output, {".tsv", ".txt"});
  if (!output.empty()) check_writable(output, {model_path, data.path, regulators_file});
}

void PerturbCommand::run_network(Session& session) const {
  const LaggedInput input = read_lagged_input(data, expression, regulators_file, session);
  answer_by_network(input, {changes, screened, screen_change, group, times, output}, report_stream(),
                    session);
  if (!output.empty()) session.say("wrote " + output);
}

void PerturbCommand::run(Session& session) const {
  std::vector<std::string> paths = ensemble;
  paths.insert(paths.begin(), model_path);
  const GeneInput input = read_gene_input(paths, data, false, session);
  const CellGroup cells = chosen_cells(input);
  if (screened.empty()) {
    run_changes(input, cells, session);
  } else {
    run_screen(input, cells, session);
  }
  if (!output.empty()) session.say("wrote " + output);
}

}  // namespace

void add_perturb(Program& program) {
  Command command = program.add_command("perturb", "Predict cells of which genes are switched off or on");
  const auto perturb = std::make_shared<PerturbCommand>();
  perturb->add_to(command);
  command.on_run([perturb] {
    perturb->complete();
    in_session("perturb", perturb->general, {perturb->model_path, perturb->data.path}, [&](Session& session) {
      if (perturb->fates.asked) {
        answer_by_fates({perturb->fates.flags, perturb->model_path, perturb->data, perturb->screened,
                         perturb->screen_change, perturb->group, perturb->controls.value_or(kUsualControls),
                         perturb->general.seed.value_or(0), perturb->output},
                        perturb->report_stream(), session);
      } else if (perturb->by == "model") {
        perturb->run(session);
      } else {
        perturb->run_network(session);
      }
    });
  });
}

}  // namespace cellmnn
