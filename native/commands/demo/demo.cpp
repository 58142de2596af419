/// cellmnn demo: everything once, on simulated data.
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>

#include "native/command_line/command.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/input/data_input.hpp"
#include "native/commands/pages/page.hpp"
#include "native/commands/scores/scoreboard.hpp"
#include "native/commands/shared/prediction_table.hpp"
#include "native/commands/shared/simulation_files.hpp"
#include "native/commands/shared/training_run.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/provenance.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr const char* kTrueNetwork = "true_network.csv";
constexpr const char* kTruePaths = "true_paths.npz";
constexpr Index kSteps = 1000;  // of a training; more change the scores little

constexpr const char* kCaption =
    "Exact W1 between predicted and held-out cells, in whitened coordinates; lower is better.\n"
    "noise-floor is one half of the held-out cells against the other: the size of chance.\n"
    "linear has one equation for all cells, cellmnn one for each.\n";

constexpr const char* kWhatNext =
    "Next: 'cellmnn inspect FILE' shows how your own data are understood, and 'cellmnn train FILE -o\n"
    "model.safetensors' learns from them. 'cellmnn evaluate FILE' tells how far to trust the predictions.";

constexpr const char* kNoPage = "demo.html needs the interactive page, which 'scripts/build-page' builds.\n";

struct DemoCommand {
  std::string folder = "cellmnn-demo";
  GeneralFlags general;

  void add_to(Command& command);
  void run(Session& session) const;
  std::string path(const std::string& name) const { return (std::filesystem::path(folder) / name).string(); }
  DataFile simulated_data(Session& session) const;
  SuiteResult scores(const DataFile& file, const TrainOptions& options, Session& session) const;
  CellMnn trained_model(const DataFile& file, const TrainOptions& options, Session& session) const;
};

void DemoCommand::add_to(Command& command) {
  command.option("Output", "-o,--output", "DIR", "Folder for data, model, predictions and summary", folder)
      .shown_default(folder);
  general.add_to(command);
  command.footer(
      "Example:\n"
      "  cellmnn demo --output my-first-try");
}

DataFile DemoCommand::simulated_data(Session& session) const {
  SimulateOptions options;
  options.times = {0, 1, 2, 3, 4, 5, 6, 7};
  options.cells = 300;
  if (general.seed) options.seed = *general.seed;
  const Simulation simulation = simulate(options);
  session.say("Simulated cells that choose between two fates under a network of " +
              counted(options.genes, "gene") + ", seen at a few times only.\n");
  write_cells(path("data.h5ad"), simulation);
  write_network(path(kTrueNetwork), simulation);
  write_trajectories(path(kTruePaths), simulation);
  DataFlags flags;
  flags.path = path("data.h5ad");
  return read_training_input(flags, session);
}

SuiteResult DemoCommand::scores(const DataFile& file, const TrainOptions& options, Session& session) const {
  session.say("\nLeaving each inner time out in turn: can it be predicted from the others?");
  SuiteRequest request;
  request.hold_outs = inner_snapshots(file.data);
  request.seeds = {options.seed};
  request.methods = default_methods();
  request.options.training = options;
  return run_suite(file.data, request, session);
}

CellMnn DemoCommand::trained_model(const DataFile& file, const TrainOptions& options,
                                   Session& session) const {
  session.say("\nTraining on all times.");
  Trainer trainer(file.data, options, session.pool());
  TrainingRun run(trainer, session);
  run.run([] { return false; });
  write_model(path("model.safetensors"),
              {trainer.model(), provenance(file, file.data, options, run.last_loss())});
  return trainer.model();
}

void DemoCommand::run(Session& session) const {
  const auto begin = std::chrono::steady_clock::now();
  make_folder(folder);
  for (const char* name : {"data.h5ad", kTrueNetwork, kTruePaths, "model.safetensors", "predictions.h5ad",
                           "summary.json", "summary.md", "demo.html"}) {
    check_writable(path(name));
  }
  TrainOptions options;
  options.steps = kSteps;
  if (general.seed) options.seed = *general.seed;

  const DataFile file = simulated_data(session);
  const SuiteResult found = scores(file, options, session);
  const CellMnn model = trained_model(file, options, session);
  PredictionRequest request;
  request.ahead = model.time_scale.unit;
  const std::unique_ptr<CellSource> cells = loaded_cells(file);
  CellPasses passes(*cells, model.latent, {});
  write_predictions(path("predictions.h5ad"), model, passes, request, session.pool());

  const bool has_page = page_is_built();
  if (has_page) {
    PageOptions page;
    page.title = "simulated cells";
    page.truth = {path(kTrueNetwork), path(kTruePaths)};
    write_file(path("demo.html"), page_html(read_file(path("model.safetensors")), file, page));
  }

  const Table table = score_table(found, kHeadline);
  write_file(path("summary.json"), json_text(score_json(data_json(file), found), 2) + "\n");
  write_file(path("summary.md"), std::string("# cellmnn demo\n\n") + kCaption + "\n" + table.markdown());

  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  session.say("");
  std::cout << kCaption << "\n" << table.text() << std::flush;
  session.say(
      "\nWrote data.h5ad, what is true of it (true_network.csv, true_paths.npz), model.safetensors,\n"
      "predictions.h5ad (each cell one time ahead), summary.json and summary.md to " +
      folder + " in " + duration(elapsed.count()) + ".\n");
  session.say(has_page ? "Open " + path("demo.html") +
                             " in a browser to see these cells move, with a double click or by\n"
                             "'xdg-open " +
                             path("demo.html") + "'; it needs no network.\n"
                       : std::string(kNoPage));
  session.say(kWhatNext);
}

}  // namespace

void add_demo(Program& program) {
  Command command =
      program.add_command("demo", "Simulate, train, evaluate and predict: a first look in seconds");
  const auto demo = std::make_shared<DemoCommand>();
  demo->add_to(command);
  command.on_run(
      [demo] { in_session("demo", demo->general, {}, [&](Session& session) { demo->run(session); }); });
}

}  // namespace cellmnn
