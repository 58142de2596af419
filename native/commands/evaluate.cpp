/// cellmnn evaluate: how near predictions are to cells that were not seen.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "cellmnn/error.hpp"
#include "native/command_line.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/data_input.hpp"
#include "native/commands/scoreboard.hpp"
#include "native/commands/train_flags.hpp"
#include "native/commands/training_run.hpp"
#include "native/io/model_file.hpp"
#include "native/io/output_file.hpp"
#include "native/io/text.hpp"
#include "native/values.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kMostSeeds = 1000;

struct EvaluateCommand {
  DataFlags data;
  TrainFlags training;
  GeneralFlags general;
  std::string held_out = "all";
  std::string seeds = "1";
  std::vector<std::string> methods = all_methods();
  Protocol protocol = Protocol::honest;
  std::string model;
  std::string json;

  void add_to(CLI::App& command);
  void run(Session& session) const;
  void evaluate_methods(Session& session) const;
  void evaluate_model(Session& session) const;
  std::vector<Index> hold_outs(const TimeCourse& course) const;
  std::vector<std::uint64_t> seed_list(std::uint64_t first) const;
  void write_json(const DataFile& file, const std::vector<Score>& scores) const;
};

void EvaluateCommand::add_to(CLI::App& command) {
  const std::string group = "Evaluation";
  data.add_to(command);
  data.add_dims_to(command);
  training.add_to(command);
  const std::vector<CLI::Option*> of_methods = {
      add_option(command, group, "--hold-out", "all|TIME,...", "Times to leave out, one after the other",
                 held_out)
          ->default_str(held_out),
      add_option(command, group, "--protocol", "honest|paper",
                 "honest: nothing of the held-out cells is used; paper: the best weights on them are kept",
                 [this](const std::string& text) {
                   require_choice("--protocol", text, {"honest", "paper"});
                   protocol = text == "paper" ? Protocol::paper : Protocol::honest;
                 })
          ->default_str("honest"),
      add_option(command, group, "--seeds", "K|S,S,...",
                 "Trainings of each hold-out: a number, or a list of seeds", seeds)
          ->default_str(seeds),
      add_option(command, group, "--methods", "NAME,...", "Of " + enumerated(all_methods()),
                 [this](const std::string& text) {
                   methods = parse_list("--methods", text);
                   for (const std::string& method : methods)
                     require_choice("--methods", method, all_methods());
                 })
          ->default_str("all"),
  };
  CLI::Option* given =
      add_option(command, group, "--model", "MODEL",
                 "Train nothing: score this model on each snapshot from the one before", model);
  for (CLI::Option* option : of_methods) given->excludes(option);
  add_option(command, "Output", "--json", "FILE", "All scores as JSON", json);
  general.add_to(command);
  command.footer(
      "Examples:\n"
      "  cellmnn evaluate eb_pcs.npz --hold-out all --preset paper --steps 10000 --json scores.json\n"
      "  cellmnn evaluate eb_pcs.npz --model eb.safetensors");
}

void EvaluateCommand::run(Session& session) const {
  if (!json.empty()) check_writable(json, {data.path, model});
  if (model.empty()) {
    evaluate_methods(session);
  } else {
    evaluate_model(session);
  }
}

std::vector<Index> EvaluateCommand::hold_outs(const TimeCourse& course) const {
  if (held_out == "all") return inner_snapshots(course);
  std::vector<Index> indices;
  for (const double time : parse_numbers("--hold-out", held_out)) {
    indices.push_back(hold_out(course, snapshot_at(course, time)).index);
  }
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  return indices;
}

/// "3" is three seeds from `first` on, "1,2,5" are these.
std::vector<std::uint64_t> EvaluateCommand::seed_list(std::uint64_t first) const {
  std::vector<std::uint64_t> list;
  if (seeds.find(',') != std::string::npos) {
    for (const std::string& seed : parse_list("--seeds", seeds)) list.push_back(parse_seed("--seeds", seed));
    return list;
  }
  const auto count = static_cast<std::uint64_t>(parse_whole("--seeds", seeds, 1));
  if (count > kMostSeeds) {
    throw Error(ErrorCode::usage,
                "--seeds is " + seeds + ", but must be at most " + std::to_string(kMostSeeds));
  }
  for (std::uint64_t i = 0; i < count; ++i) list.push_back(first + i);
  return list;
}

void EvaluateCommand::evaluate_methods(Session& session) const {
  // Wrong options are refused before the data are read; the data may then have fewer dimensions.
  const Index asked_dims = data.options.dims.value_or(ModelConfig{}.dims);
  const std::uint64_t first_seed = training.options(general.seed, asked_dims).seed;
  if (held_out != "all") parse_numbers("--hold-out", held_out);
  ScoreRequest request;
  request.seeds = seed_list(first_seed);
  request.methods = methods;
  request.protocol = protocol;

  const DataFile file = read_training_input(data, session);
  request.options = training.options(general.seed, file.data.dims());
  request.hold_outs = hold_outs(file.data);
  const std::vector<Score> scores = run_scores(file.data, request, session);
  std::cout << "Exact W1 between predicted and held-out cells, in whitened coordinates; lower is better\n"
            << score_table(scores).text();
  write_json(file, scores);
  if (protocol == Protocol::paper && std::find(methods.begin(), methods.end(), "cellmnn") != methods.end()) {
    std::cout << "Protocol paper keeps the weights that are best on the held-out cells: it selects on the "
                 "test set.\n";
  }
}

void EvaluateCommand::evaluate_model(Session& session) const {
  const std::string useless = training.any_given();
  if (!useless.empty())
    throw Error(ErrorCode::usage, "--model trains nothing, so " + useless + " has no effect");
  const ModelFile trained = read_model(model);
  const DataFile file = read_input_of_model(data, trained.model.config, session);
  const std::vector<double> training_times = times_in(trained.provenance);
  std::vector<Score> scores;
  Table table({"time", "W1", "W2", "MMD^2", "the model's training"});
  for (std::size_t k = 1; k < file.data.snapshots.size(); ++k) {
    const double time = file.data.snapshots[k].time;
    const bool seen = std::find(training_times.begin(), training_times.end(), time) != training_times.end();
    Score score = score_model(file.data, static_cast<Index>(k), trained.model, session.pool());
    score.protocol = seen ? "seen" : "unseen";
    table.add({number_text(time), fixed(score.w1, 4), fixed(score.w2, 4), fixed(score.mmd, 4),
               seen ? "has seen this time: a fit, not a test" : "has not seen this time"});
    scores.push_back(score);
  }
  std::cout
      << "Exact W1 between cells predicted from the time before and the cells of each time, in whitened "
         "coordinates; lower is better\n"
      << table.text();
  write_json(file, scores);
}

void EvaluateCommand::write_json(const DataFile& file, const std::vector<Score>& scores) const {
  if (!json.empty()) write_file(json, score_json(data_json(file), scores).dump(2) + "\n");
}

}  // namespace

void add_evaluate(CLI::App& program) {
  CLI::App* command =
      program.add_subcommand("evaluate", "Leave times out and score the predictions, with baselines beside");
  const auto evaluate = std::make_shared<EvaluateCommand>();
  evaluate->add_to(*command);
  command->callback([evaluate] {
    in_session("evaluate", evaluate->general, {evaluate->data.path, evaluate->model},
               [&](Session& session) { evaluate->run(session); });
  });
}

}  // namespace cellmnn
