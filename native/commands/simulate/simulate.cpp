/// cellmnn simulate: a time course with a known gene network, or more cells like those of given data.
#include <CLI/CLI.hpp>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line/command_line.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/shared/data_input.hpp"
#include "native/commands/shared/session.hpp"
#include "native/commands/shared/simulation_files.hpp"
#include "native/commands/simulate/inflated_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/table_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

struct SimulateCommand {
  SimulateOptions options;
  DataFlags inflated;
  std::string output, network, trajectories;
  GeneralFlags general;

  void add_to(CLI::App& command);
  void run(Session& session) const;
  void run_simulation(Session& session) const;
  void run_inflation(Session& session) const;
};

std::vector<HeldGene> parse_held(const std::string& text) {
  std::vector<HeldGene> held;
  for (const auto& [gene, level] :
       parse_assignments("--hold", text, "GENE=LEVEL pairs such as FateA1=0,Timer1=3, each gene once")) {
    held.push_back({gene, level});
  }
  return held;
}

void SimulateCommand::add_to(CLI::App& command) {
  const std::string group = "Simulation";
  const auto whole = [&](const std::string& name, const std::string& help, Index& target) {
    return add_option(command, group, name, "N", help,
                      [name, &target](const std::string& text) { target = parse_whole(name, text, 0); })
        ->default_str(std::to_string(target));
  };
  const auto number = [&](const std::string& name, const std::string& help, double& target) {
    return add_option(command, group, name, "X", help,
                      [name, &target](const std::string& text) { target = parse_number(name, text); })
        ->default_str(number_text(target));
  };
  CLI::Option* cells =
      whole("--cells", "Cells of each snapshot; with --inflate, cells in all", options.cells);
  add_option(command, group, "--dims", "N", "Principal components to keep", [this](const std::string& text) {
    options.dims = parse_whole("--dims", text, 1);
    inflated.options.dims = options.dims;
  })->default_str(std::to_string(options.dims));
  const std::vector<CLI::Option*> of_simulation = {
      whole("--genes", "Genes of the regulatory network", options.genes),
      add_option(command, group, "--times", "T,...", "Times of the snapshots, ascending",
                 [this](const std::string& text) { options.times = parse_numbers("--times", text); })
          ->default_str("0,1,2,3,4"),
      whole("--paths", "True paths to keep whole, for --trajectories", options.trajectories),
      number("--noise", "Strength of the noise; 0 is deterministic", options.noise),
      number("--dropout", "Probability that a measured value is lost", options.dropout),
      add_option(command, group, "--hold", "GENE=LEVEL,...",
                 "Genes held at a level from the start on; 0 is a knock-out",
                 [this](const std::string& text) { options.held = parse_held(text); }),
      add_option(command, "Output", "--network", "FILE",
                 "The true network: csv with Gene1 (source), Gene2, Sign", network),
      add_option(command, "Output", "--trajectories", "FILE", "The true paths of some cells: npz",
                 trajectories)};
  CLI::Option* inflate =
      add_option(command, "Data", "--inflate", "DATA",
                 "Simulate no genes: draw --cells of DATA with replacement, in proportion to its snapshots, "
                 "and add normal noise of " +
                     number_text(kInflationNoise) + " to their coordinates",
                 inflated.path)
          ->needs(cells);
  for (CLI::Option* option : of_simulation) inflate->excludes(option);
  for (CLI::Option* option : inflated.add_keys_to(command)) option->needs(inflate);
  add_option(command, "Output", "-o,--output", "FILE", "The cells: .h5ad, .npz or .csv; with --inflate .npz",
             output)
      ->required();
  general.add_to(command);
  command.footer(
      "Examples:\n"
      "  cellmnn simulate -o simulated.h5ad --cells 500 --network truth.csv\n"
      "  cellmnn simulate --inflate eb_pcs.npz --cells 250000 -o eb_250k.npz");
}

void SimulateCommand::run(Session& session) const {
  check_ending("--output", output, kTableEndings);
  check_ending("--network", network, {".csv"});
  check_ending("--trajectories", trajectories, {".npz"});
  check_outputs_differ({{"--output", output}, {"--network", network}, {"--trajectories", trajectories}});
  for (const std::string& path : {output, network, trajectories}) {
    if (!path.empty()) check_writable(path, {inflated.path});
  }
  if (inflated.path.empty()) {
    run_simulation(session);
  } else {
    run_inflation(session);
  }
}

void SimulateCommand::run_simulation(Session& session) const {
  SimulateOptions chosen = options;
  if (general.seed) chosen.seed = *general.seed;
  const Simulation simulation = simulate(chosen);
  write_cells(output, simulation);
  if (!network.empty()) write_network(network, simulation);
  if (!trajectories.empty()) write_trajectories(trajectories, simulation);
  session.say("wrote " + output + ": " + counted(simulation.data.cells(), "cell") + " at " +
              counted(static_cast<std::int64_t>(simulation.data.snapshots.size()), "time") + ", " +
              counted(chosen.genes, "gene") + ", " +
              counted(static_cast<std::int64_t>(simulation.network.size()), "true interaction"));
}

void SimulateCommand::run_inflation(Session& session) const {
  if (!output.ends_with(".npz")) {
    throw Error(ErrorCode::usage, "--output is '" + output + "', but must end in .npz with --inflate");
  }
  const DataFile file = read_training_input(inflated, session);
  write_inflated(output, file.data, options.cells, general.seed.value_or(options.seed));
  session.say("wrote " + output + ": " + counted(options.cells, "cell") + " at " +
              counted(static_cast<std::int64_t>(file.data.snapshots.size()), "time") + " in " +
              counted(file.data.dims(), "dimension"));
}

}  // namespace

void add_simulate(CLI::App& program) {
  CLI::App* command = program.add_subcommand(
      "simulate", "Make a time course with a known gene network, or more cells like given ones");
  const auto simulate = std::make_shared<SimulateCommand>();
  simulate->add_to(*command);
  command->callback([simulate] {
    in_session("simulate", simulate->general, {simulate->inflated.path},
               [&](Session& session) { simulate->run(session); });
  });
}

}  // namespace cellmnn
