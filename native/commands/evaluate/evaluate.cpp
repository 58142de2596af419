/// cellmnn evaluate: how near predictions are to cells that were not seen.
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/evaluate/evaluate_flags.hpp"
#include "native/commands/evaluate/evaluate_suites.hpp"
#include "native/commands/input/cell_types.hpp"
#include "native/commands/scores/comparison.hpp"
#include "native/commands/scores/population_table.hpp"
#include "native/commands/scores/scoreboard.hpp"
#include "native/commands/scores/selection_table.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/provenance.hpp"

namespace cellmnn {
namespace {

nlohmann::ordered_json all_settings(const EvaluateFlags& flags, const SuiteRequest& request) {
  nlohmann::ordered_json settings = settings_json(request);
  settings["hold_out"] = flags.held_out;
  settings["seeds"] = request.seeds;
  settings["methods"] = request.methods;
  settings["ablations"] = flags.ablations;
  settings["select"] = flags.settings;
  if (!flags.growth_prior.column.empty()) settings["growth_prior"] = flags.growth_prior.column;
  settings["joint_with"] = flags.others;
  return settings;
}

/// The tables of a markdown file after the first ones.
struct MoreTable {
  std::string caption;
  Table table;
};

void write_files(const EvaluateFlags& flags, const DataFile& file, const SuiteResult& result,
                 const nlohmann::ordered_json& more, const std::vector<MoreTable>& tables = {}) {
  nlohmann::ordered_json scores = score_json(data_json(file), result);
  scores.update(more);
  OutputGroup outputs;
  if (!flags.json.empty()) write_file(flags.json, json_text(scores, 2) + "\n");
  if (!flags.csv.empty()) write_file(flags.csv, score_csv(result));
  if (!flags.markdown.empty()) {
    std::string text = score_markdown("Scores of " + file.path, result, *flags.metric);
    for (const MoreTable& each : tables) text += "\n" + each.caption + "\n\n" + each.table.markdown();
    write_file(flags.markdown, text);
  }
  outputs.appear();
}

void require_metric(const EvaluateFlags& flags, const DataFile& file) {
  if (flags.metric == &kProportions && file.data.type_names.empty())
    throw file_error(file.path,
                     "has no usual column of types of cells: --metric proportions needs --label-key");
  if (flags.metric == &kGeneMeans && file.data.gene_space.loadings.size() == 0)
    throw file_error(file.path, "has no loadings of genes: --metric gene_means needs them");
}

void evaluate_methods(const EvaluateFlags& flags, Session& session) {
  // Wrong options are refused before the data are read; the data may then have fewer dimensions.
  const Index asked_dims = flags.data.options.dims.value_or(ModelConfig{}.dims);
  const std::uint64_t first_seed = flags.training_options("", asked_dims).seed;
  for (const std::vector<std::string>& list : {flags.ablations, flags.settings})
    for (const std::string& change : list) flags.training_options(change, asked_dims);
  flags.selectable_methods();
  if (flags.held_out != "all" && flags.held_out != "last") parse_numbers("--hold-out", flags.held_out);
  SuiteRequest request;
  request.ahead = flags.ahead;
  request.seeds = flags.seed_list(first_seed);
  request.methods = flags.method_list(request.seeds.size());
  request.options.protocol = flags.protocol;
  request.options.flow_matching = flags.flow_matching;
  request.options.between = flags.between.options(flags.training.is_paper());
  request.options.mass_by_cells = mass_by_cells(flags.training);
  request.options.two_sided_steps = flags.training.two_sided_steps();

  DataFile file = read_training_input(flags.data, session);
  if (const std::string key = give_types(file, flags.label_key); !key.empty())
    session.say("types of cells: obs['" + key + "'], " + counted(std::ssize(file.data.type_names), "label"));
  require_metric(flags, file);
  flags.growth_prior.read(file);
  request.options.training = flags.training_options("", file.data.dims());
  request.hold_outs = flags.hold_outs(file.data);
  const std::vector<TimeCourse> joint = read_joint_input(flags.data, flags.others, session);
  const EvaluateSuites suites(file.data, request, flags, joint);
  std::optional<Journal> journal;
  if (!flags.journal.empty()) {
    nlohmann::ordered_json header = journal_header(file.data, request);
    for (const TimeCourse& other : joint) header["joint_with"].push_back(fingerprint(other));
    journal.emplace(flags.journal, header);
  }
  if (flags.list_runs) {
    std::cout << run_list(suites.jobs(), journal ? &*journal : nullptr);
    return;
  }
  if (flags.runs) {
    run_some(suites.jobs(), *flags.runs, session, *journal);
    session.say("done, in " + journal->path() +
                ": without --run the same command makes the table of all runs");
    return;
  }
  const EvaluateResult all = suites.result(run_suites(suites.jobs(), session, journal ? &*journal : nullptr));
  const SuiteResult& result = all.scores;
  std::cout << caption(result, *flags.metric) << "\n" << score_table(result, *flags.metric).text();
  const std::vector<Comparison> comparisons = comparisons_of(result);
  if (!comparisons.empty()) std::cout << comparison_caption() << "\n" << comparison_table(comparisons).text();
  nlohmann::ordered_json more;
  std::vector<MoreTable> tables;
  if (has_compositions(result)) {
    const std::vector<PopulationForecast> forecasts = forecasts_of(file.data, result, all.inner);
    tables.push_back(
        {population_caption(result, flags.intervals), population_table(result, forecasts, flags.intervals)});
    more["composition"] = population_json(file.data, forecasts);
  }
  if (!all.selections.empty()) {
    tables.push_back({selection_caption(), selection_table(all.selections)});
    more["selection"] = selection_json(all.selections);
  }
  for (const MoreTable& each : tables) std::cout << each.caption << "\n" << each.table.text();
  for (const std::string& note : footnotes(result)) std::cout << note << "\n";
  more["settings"] = all_settings(flags, request);
  write_files(flags, file, result, more, tables);
}

void evaluate_model(const EvaluateFlags& flags, Session& session) {
  const std::string useless = flags.training.any_given();
  if (!useless.empty())
    throw Error(ErrorCode::usage, "--model trains nothing, so " + useless + " has no effect");
  const ModelFile trained = read_model(flags.model);
  const DataFile file = read_input_of_model(flags.data, trained, session);
  const std::vector<double> training_times = times_in(trained.provenance);
  SuiteResult result;
  Table table({"time", flags.metric->title, "the model's training"});
  for (std::size_t k = 1; k < file.data.snapshots.size(); ++k) {
    const double time = file.data.snapshots[k].time;
    const bool seen = std::find(training_times.begin(), training_times.end(), time) != training_times.end();
    const auto add = [&](Score score, const std::string& how) {
      score.protocol = seen ? "seen" : "unseen";
      table.add({number_text(time), fixed(score.metrics.*(flags.metric->value), 4),
                 (seen ? "has seen this time: a fit, not a test" : "has not seen this time") + how});
      result.scores.push_back(score);
    };
    add(score_model(file.data, static_cast<Index>(k), trained.model, session.pool()), "");
    if (!trained.reversed) continue;
    const std::optional<Score> by_both =
        score_two_sided(file.data, static_cast<Index>(k), {trained.model, *trained.reversed},
                        flags.between.options(), session.pool());
    if (by_both) add(*by_both, "; cellmnn-two-sided");
  }
  std::cout << caption(result, *flags.metric) << "\n" << table.text();
  for (const std::string& note : footnotes(result)) std::cout << note << "\n";
  write_files(flags, file, result, {{"settings", {{"model", flags.model}}}});
}

}  // namespace

void add_evaluate(Program& program) {
  Command command =
      program.add_command("evaluate", "Leave times out and score the predictions, with baselines beside");
  const auto flags = std::make_shared<EvaluateFlags>();
  flags->add_to(command);
  command.on_run([flags] {
    in_session("evaluate", flags->general, {flags->data.path, flags->model}, [&](Session& session) {
      flags->check_outputs();
      if (flags->model.empty()) {
        evaluate_methods(*flags, session);
      } else {
        evaluate_model(*flags, session);
      }
    });
  });
}

}  // namespace cellmnn
