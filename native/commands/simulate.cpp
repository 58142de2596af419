/// cellmnn simulate: a time course with a known gene network.
#include <CLI/CLI.hpp>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/session.hpp"
#include "native/commands/simulation_files.hpp"
#include "native/io/output_file.hpp"
#include "native/io/text.hpp"
#include "native/report.hpp"
#include "native/values.hpp"

namespace cellmnn {
namespace {

struct SimulateCommand {
  SimulateOptions options;
  std::string output, network, trajectories;
  GeneralFlags general;

  void add_to(CLI::App& command);
  void run(Session& session) const;
};

void SimulateCommand::add_to(CLI::App& command) {
  const std::string group = "Simulation";
  const auto whole = [&](const std::string& name, const std::string& help, Index& target) {
    add_option(command, group, name, "N", help, [name, &target](const std::string& text) {
      target = parse_whole(name, text, 0);
    })->default_str(std::to_string(target));
  };
  const auto number = [&](const std::string& name, const std::string& help, double& target) {
    add_option(command, group, name, "X", help, [name, &target](const std::string& text) {
      target = parse_number(name, text);
    })->default_str(number_text(target));
  };
  whole("--genes", "Genes of the regulatory network", options.genes);
  add_option(command, group, "--times", "T,...", "Times of the snapshots, ascending",
             [this](const std::string& text) { options.times = parse_numbers("--times", text); })
      ->default_str("0,1,2,3,4");
  whole("--cells", "Cells of each snapshot", options.cells);
  whole("--dims", "Principal components to keep", options.dims);
  whole("--paths", "True paths to keep whole, for --trajectories", options.trajectories);
  number("--noise", "Strength of the noise; 0 is deterministic", options.noise);
  number("--dropout", "Probability that a measured value is lost", options.dropout);
  add_option(command, "Output", "-o,--output", "FILE", "The cells: .h5ad, .npz or .csv", output)->required();
  add_option(command, "Output", "--network", "FILE", "The true network: csv with Gene1 (source), Gene2, Sign",
             network);
  add_option(command, "Output", "--trajectories", "FILE", "The true paths of some cells: npz", trajectories);
  general.add_to(command);
  command.footer(
      "Example:\n"
      "  cellmnn simulate -o simulated.h5ad --cells 500 --network truth.csv");
}

void SimulateCommand::run(Session& session) const {
  SimulateOptions chosen = options;
  if (general.seed) chosen.seed = *general.seed;
  for (const std::string& path : {output, network, trajectories}) {
    if (!path.empty()) check_writable(path);
  }
  if (!trajectories.empty() && !trajectories.ends_with(".npz")) {
    throw Error(ErrorCode::usage, "--trajectories is '" + trajectories + "', but must end in .npz");
  }
  const Simulation simulation = simulate(chosen);
  write_cells(output, simulation);
  if (!network.empty()) write_network(network, simulation);
  if (!trajectories.empty()) write_trajectories(trajectories, simulation);
  session.say("wrote " + output + ": " + counted(simulation.data.cells(), "cell") + " at " +
              counted(static_cast<std::int64_t>(simulation.data.snapshots.size()), "time") + ", " +
              counted(chosen.genes, "gene") + ", " +
              counted(static_cast<std::int64_t>(simulation.network.size()), "true interaction"));
}

}  // namespace

void add_simulate(CLI::App& program) {
  CLI::App* command = program.add_subcommand("simulate", "Make a time course with a known gene network");
  const auto simulate = std::make_shared<SimulateCommand>();
  simulate->add_to(*command);
  command->callback([simulate] {
    in_session("simulate", simulate->general, {}, [&](Session& session) { simulate->run(session); });
  });
}

}  // namespace cellmnn
