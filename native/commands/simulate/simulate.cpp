/// cellmnn simulate: a time course with a known gene network, or more cells like those of given data.
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/shared/session.hpp"
#include "native/commands/shared/simulation_files.hpp"
#include "native/commands/simulate/inflated_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/table_file.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

struct SimulateCommand {
  SimulateOptions options;
  DataFlags inflated;
  GrowthOptions growth;
  std::string output, network, trajectories, counts;
  GeneralFlags general;

  void add_to(Command& command);
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

void SimulateCommand::add_to(Command& command) {
  const std::string group = "Simulation";
  const auto whole = [&](const std::string& name, const std::string& help, Index& target) {
    return command
        .option(group, name, "N", help,
                [name, &target](const std::string& text) { target = parse_whole(name, text, 0); })
        .shown_default(std::to_string(target));
  };
  const auto number = [&](const std::string& name, const std::string& help, double& target) {
    return command
        .option(group, name, "X", help,
                [name, &target](const std::string& text) { target = parse_number(name, text); })
        .shown_default(number_text(target));
  };
  Option cells = whole("--cells", "Cells of each snapshot; with --inflate, cells in all", options.cells);
  command
      .option(group, "--dims", "N", "Principal components to keep",
              [this](const std::string& text) {
                options.dims = parse_whole("--dims", text, 1);
                inflated.options.dims = options.dims;
              })
      .shown_default(std::to_string(options.dims));
  const std::vector<Option> of_simulation = {
      whole("--genes", "Genes of the regulatory network", options.genes),
      command
          .option(group, "--times", "T,...", "Times of the snapshots, ascending",
                  [this](const std::string& text) { options.times = parse_numbers("--times", text); })
          .shown_default("0,1,2,3,4"),
      whole("--paths", "True paths to keep whole, for --trajectories", options.trajectories),
      number("--noise", "Strength of the noise; 0 is deterministic", options.noise),
      number("--dropout", "Probability that a measured value is lost", options.dropout),
      number("--division",
             "Rate at which cells divide, per unit of time, where FateA1 is fully expressed; less where it "
             "is less",
             growth.division),
      number("--death", "Rate at which cells die where FateB1 is fully expressed", growth.death),
      command.option(group, "--hold", "GENE=LEVEL,...",
                     "Genes held at a level from the start on; 0 is a knock-out",
                     [this](const std::string& text) { options.held = parse_held(text); }),
      command.option("Output", "--network", "FILE", "The true network: csv with Gene1 (source), Gene2, Sign",
                     network),
      command.option("Output", "--trajectories", "FILE", "The true paths of some cells: npz", trajectories),
      command.option("Output", "--counts", "FILE",
                     "How many cells are alive at each time, of a population that began with --cells: csv",
                     counts)};
  Option inflate =
      command
          .option("Data", "--inflate", "DATA",
                  "Simulate no genes: draw --cells of DATA with replacement, in proportion to its snapshots, "
                  "and add normal noise of " +
                      number_text(kInflationNoise) + " to their coordinates",
                  inflated.path)
          .needs(cells);
  for (Option option : of_simulation) inflate.excludes(option);
  for (Option option : inflated.add_keys_to(command)) option.needs(inflate);
  command
      .option("Output", "-o,--output", "FILE", "The cells: .h5ad, .npz or .csv; with --inflate .npz", output)
      .required();
  general.add_to(command);
  command.footer(
      "With --division or --death each snapshot measures some of the descendants of its founders, and\n"
      "obs growth has the true rate of division less that of death at the state of each cell.\n"
      "\n"
      "Examples:\n"
      "  cellmnn simulate -o simulated.h5ad --cells 500 --network truth.csv\n"
      "  cellmnn simulate -o growing.h5ad --division 0.6 --death 0.3 --counts counts.csv\n"
      "  cellmnn simulate --inflate eb_pcs.npz --cells 250000 -o eb_250k.npz");
}

void SimulateCommand::run(Session& session) const {
  check_ending("--output", output, kTableEndings);
  check_ending("--network", network, {".csv"});
  check_ending("--trajectories", trajectories, {".npz"});
  check_ending("--counts", counts, {".csv"});
  check_outputs_differ(
      {{"--output", output}, {"--network", network}, {"--trajectories", trajectories}, {"--counts", counts}});
  for (const std::string& path : {output, network, trajectories, counts}) {
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
  const bool is_growing = growth.division != 0 || growth.death != 0 || !counts.empty();
  const GrowingSimulation grown =
      is_growing ? simulate_growing(chosen, growth) : GrowingSimulation{simulate(chosen), {}, {}};
  const Simulation& simulation = grown.simulation;
  OutputGroup outputs;
  write_cells(output, simulation, grown.growth);
  if (!counts.empty()) write_counts(counts, grown);
  if (!network.empty()) write_network(network, simulation);
  if (!trajectories.empty()) write_trajectories(trajectories, simulation);
  outputs.appear();
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

void add_simulate(Program& program) {
  Command command = program.add_command(
      "simulate", "Make a time course with a known gene network, or more cells like given ones");
  const auto simulate = std::make_shared<SimulateCommand>();
  simulate->add_to(command);
  command.on_run([simulate] {
    in_session("simulate", simulate->general, {simulate->inflated.path},
               [&](Session& session) { simulate->run(session); });
  });
}

}  // namespace cellmnn
