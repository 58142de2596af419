#include "native/commands/evaluate/evaluate_flags.hpp"

#include <algorithm>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kMostSeeds = 1000;
constexpr const char* kSelectable[] = {"cellmnn", "cellmnn-two-sided"};

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const Method& method : all_methods()) names.push_back(method.name);
  return names;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  names.reserve(kMetrics.size());
  for (const MetricName& metric : kMetrics) names.emplace_back(metric.name);
  return names;
}

RunRange parse_runs(const std::string& text) {
  const std::size_t colon = text.find(':');
  const bool is_range = colon != std::string::npos;
  try {
    const auto first = parse_whole("--run", text.substr(0, colon), 1);
    const auto last = is_range ? parse_whole("--run", text.substr(colon + 1), first) : first;
    return {static_cast<std::size_t>(first), static_cast<std::size_t>(last)};
  } catch (const Error&) {
    throw Error(ErrorCode::usage, "--run is '" + text +
                                      "', but must be the number of a run, such as 3, or the first and the "
                                      "last one, such as 3:5; --list-runs prints them");
  }
}

}  // namespace

void EvaluateFlags::add_to(Command& command) {
  const std::string group = "Evaluation";
  data.add_to(command);
  data.add_force_to(command);
  data.add_dims_to(command);
  training.add_to(command);
  Option prior = growth_prior.add_to(command, "Growth, for --mass yes");
  std::vector<Option> of_methods = {
      command
          .option(group, "--hold-out", "all|last|TIME,...",
                  "Times to leave out, one after the other; all: those between the first and the last; last: "
                  "the last one, predicted from the data before it alone",
                  held_out)
          .shown_default(held_out),
      command
          .option(
              group, "--ahead", "N",
              "Start from the snapshot N before the held-out time; those between are held out, too, so that "
              "no method has seen them",
              [this](const std::string& text) { ahead = parse_whole("--ahead", text, 1); })
          .shown_default(std::to_string(ahead)),
      command
          .option(group, "--protocol", "honest|paper",
                  "honest: nothing of the held-out cells is used; paper: the best weights on them are kept",
                  [this](const std::string& text) {
                    require_choice("--protocol", text, {"honest", "paper"});
                    protocol = text == "paper" ? Protocol::paper : Protocol::honest;
                  })
          .shown_default("honest"),
      command
          .option(group, "--seeds", "K|S,S,...", "Trainings of each hold-out: a number, or a list of seeds",
                  seeds)
          .shown_default(seeds),
      command.option(group, "--methods", "all|NAME,...",
                     "Of " + enumerated(method_names()) +
                         "; ensembles need several --seeds. Default: " + joined(default_methods(), ", "),
                     [this](const std::string& text) {
                       methods = text == "all" ? std::vector<std::string>{} : parse_list("--methods", text);
                       for (const std::string& method : methods)
                         require_choice("--methods", method, method_names());
                     }),
      command
          .option(
              group, "--flow-steps", "N", "Steps of i-cfm, ot-cfm and ot-cfm-full",
              [this](const std::string& text) { flow_matching.steps = parse_whole("--flow-steps", text, 1); })
          .shown_default(std::to_string(flow_matching.steps)),
      command.option(group, "--joint-with", "FILE,...",
                     "Also cellmnn trained jointly with these data sets, all of their times included",
                     [this](const std::string& text) { others = parse_list("--joint-with", text); }),
  };
  Option labels = command.option(
      group, "--label-key", "KEY",
      "The obs column of types of cells, whose shares are scored; by default one with a usual name",
      label_key);
  Option ablated =
      command.option(group, "--ablate", "NAME=VALUE,...",
                     "Also cellmnn with one option of model or training changed, each in turn",
                     [this](const std::string& text) { ablations = parse_list("--ablate", text); });
  Option selected =
      command.option(group, "--select", "NAME=VALUE,...",
                     "Choose among the unchanged options and these, such as sigma=1,sigma=1+affine=no, by "
                     "inner hold-outs of the training snapshots alone",
                     [this](const std::string& text) { settings = parse_list("--select", text); });
  Option inside =
      command.flag(group, "--intervals",
                   "80 % intervals of shares and gene means, from inner hold-outs of the training "
                   "snapshots; each of these is a run more",
                   intervals);
  selected.excludes(ablated);
  Option kept = command.option(group, "--journal", "FILE|FOLDER",
                               "Keep each finished run there, and continue from it if it exists; several "
                               "processes need a FOLDER, a name that ends in / or exists as such",
                               journal);
  Option some = command.option(
      group, "--run", "I|A:B",
      "Only run number I, or those from A to B, into the journal: a part of the work for this process",
      [this](const std::string& text) { runs = parse_runs(text); });
  Option list = command.flag(group, "--list-runs",
                             "Only print the runs as tsv, one a line after a header; with --journal, those "
                             "that are missing there",
                             list_runs);
  some.needs(kept).excludes(list);
  of_methods.insert(of_methods.end(), {prior, labels, ablated, selected, inside, kept, some, list});
  Option given =
      command.option(group, "--model", "MODEL",
                     "Train nothing: score this model on each snapshot from the one before", model);
  for (Option option : of_methods) given.excludes(option);
  command
      .option(group, "--metric", joined(metric_names(), "|"), "What the table shows; files have all",
              [this](const std::string& text) {
                require_choice("--metric", text, metric_names());
                metric = std::find_if(kMetrics.begin(), kMetrics.end(),
                                      [&](const MetricName& each) { return each.name == text; });
              })
      .shown_default(metric->name);
  for (const Option output : {command.option("Output", "--json", "FILE", "All scores as JSON", json),
                              command.option("Output", "--csv", "FILE", "All scores, one a line", csv),
                              command.option("Output", "--markdown", "FILE",
                                             "The table, and the means of all metrics", markdown)}) {
    some.excludes(output);
    list.excludes(output);
  }
  between.add_to(command);
  general.add_to(command);
  command.footer(
      "W1 and W2 are exact up to 20,000 x 20,000 cells; beyond, they are means over 5 random subsets of\n"
      "5,000 cells, which makes them larger. The other metrics use all pairs of cells, and are biased\n"
      "upwards on few cells: mmd has the Laplace kernel exp(-d1 / D), d1 being the sum of the D distances\n"
      "along the axes; rbf_mmd is the mean over the kernels exp(-gamma d^2) of gamma 2, 1, 0.5, 0.1, 0.01\n"
      "and 0.005, as in CellOT; energy is 2 E d(X, Y) - E d(X, X') - E d(Y, Y').\n"
      "cellmnn-two-sided trains a second network on the mirrored course and predicts from the snapshots\n"
      "on both sides (--pool, --spread, --bend, --bridge); cellmnn moves cells of the one before. Unless\n"
      "--mass is given, or --preset paper, both networks of cellmnn-two-sided have mass where every\n"
      "snapshot has 50 cells or more, as those of 'train --two-sided --mass yes'. Each of them has 8,000\n"
      "steps unless --steps is given, or --preset paper.\n"
      "linear is one equation dx/dt = A x + b for all cells and times, trained by the same loss: what\n"
      "cellmnn scores better is what an equation for each cell is worth. noise-floor is one random half of\n"
      "the held-out cells against the other, as the mean, lowest and highest of 10 halvings (3 of more\n"
      "than 10,000 cells): what chance makes of equal distributions. Fewer cells are further apart, so a\n"
      "good prediction can score below it: in 5 dimensions W1 of halves is about 15 % larger than of\n"
      "whole snapshots, and the other metrics but W2 twice as large.\n"
      "A second table compares the mean W1 of each method with that of ot-interpolate and of\n"
      "ot-interpolate-w2, which need no training: better, worse, or chance where the 95 % interval holds\n"
      "0. Held-out cells and seeds are drawn anew for it, the cells that predictions start from are not.\n"
      "A third one says what the populations are made of. types is the share of cells that would have to\n"
      "be of another type: a predicted cell has the types of the 10 cells of training snapshots next to\n"
      "it, in equal parts, and noise-floor shows what that and chance cost. gene means are compared where\n"
      "the file has loadings; mixture is the interpolation of means. --intervals holds a second snapshot\n"
      "out of the training ones, each in turn: the errors there, beside how much a quantity varies over\n"
      "time and seeds, make an interval by Student's distribution, and the table counts how many measured\n"
      "values are within (of types, those of 1 % or more). It takes two such inner times, else it cannot\n"
      "tell. --select scores its settings on the same inner times, and a row 'cellmnn selected' has what\n"
      "the lowest inner W1 has chosen.\n"
      "\n"
      "Examples:\n"
      "  cellmnn evaluate eb_pcs.npz --hold-out all --preset paper --steps 10000 --json scores.json\n"
      "  cellmnn evaluate eb_pcs.npz --methods all --seeds 5 --journal eb.journal --markdown eb.md\n"
      "  cellmnn evaluate eb_pcs.npz --methods all --seeds 5 --journal runs/ --run 12\n"
      "  cellmnn evaluate eb_pcs.npz --methods cellmnn --seeds 3 --ablate affine=no,agreement=0,sigma=1\n"
      "  cellmnn evaluate eb_pcs.npz --methods cellmnn --joint-with larry.h5ad\n"
      "  cellmnn evaluate eb_pcs.npz --methods cellmnn --select agreement=0,sigma=1+affine=no\n"
      "  cellmnn evaluate cells.h5ad --label-key cell_type --intervals --json scores.json\n"
      "  cellmnn evaluate eb_pcs.npz --methods ot-interpolate-w2,cellmnn,cellmnn-two-sided\n"
      "  cellmnn evaluate eb_pcs.npz --hold-out last --ahead 2\n"
      "  cellmnn evaluate eb_pcs.npz --model eb.safetensors --metric energy");
}

void EvaluateFlags::check_outputs() const {
  const std::vector<std::pair<std::string, std::string>> outputs = {
      {"--json", json},
      {"--csv", csv},
      {"--markdown", markdown},
      {"--journal", names_folder(journal) ? "" : journal}};
  check_ending("--json", json, {".json"});
  check_ending("--csv", csv, {".csv"});
  check_ending("--markdown", markdown, {".md", ".markdown", ".txt"});
  for (const auto& [option, path] : outputs) {
    if (!path.empty()) check_writable(path, {data.path, model});
  }
  check_outputs_differ(outputs);
}

TrainOptions EvaluateFlags::training_options(const std::string& changes, Index dims) const {
  const TrainFlags changed = training.with(changes);
  return growth_prior.with(changed.options(general.seed, dims), changed.gives("mass_penalty"));
}

std::vector<Index> EvaluateFlags::hold_outs(const TimeCourse& course) const {
  const auto last = static_cast<Index>(course.snapshots.size()) - 1;
  if (held_out == "all") return inner_snapshots(course, ahead);
  if (held_out == "last") return {last};
  std::vector<Index> indices;
  for (const double time : parse_numbers("--hold-out", held_out)) {
    indices.push_back(snapshot_at(course, time));
    if (indices.back() != last) continue;
    throw Error(ErrorCode::bad_input, "time " + number_text(time) +
                                          " is the last one, which only --hold-out last predicts: from the "
                                          "data before it alone");
  }
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  return indices;
}

std::vector<std::uint64_t> EvaluateFlags::seed_list(std::uint64_t first) const {
  std::vector<std::uint64_t> list;
  if (seeds.find(',') != std::string::npos) {
    for (const std::string& text : parse_list("--seeds", seeds)) {
      const std::uint64_t seed = parse_seed("--seeds", text);
      if (std::find(list.begin(), list.end(), seed) != list.end())
        throw Error(ErrorCode::usage, "--seeds is '" + seeds + "', but must name each seed once");
      list.push_back(seed);
    }
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

std::vector<std::string> EvaluateFlags::selectable_methods() const {
  std::vector<std::string> list;
  for (const char* name : kSelectable) {
    if (methods.empty() || std::find(methods.begin(), methods.end(), name) != methods.end())
      list.emplace_back(name);
  }
  if (list.empty() && !settings.empty()) {
    throw Error(ErrorCode::usage,
                "--select chooses settings of cellmnn and cellmnn-two-sided, but --methods has neither");
  }
  return list;
}

bool mass_by_cells(const TrainFlags& training) { return !training.is_paper() && !training.gives("mass"); }

std::vector<std::string> EvaluateFlags::method_list(std::size_t seed_count) const {
  std::vector<std::string> list;
  for (const std::string& name : methods.empty() ? method_names() : methods) {
    const bool useless = method_named(name).pools() && seed_count < 2;
    if (useless && !methods.empty()) {
      throw Error(
          ErrorCode::usage,
          "--methods has " + name + ", which pools the models of several seeds: ask for them by --seeds 5");
    }
    if (!useless) list.push_back(name);
  }
  return list;
}

}  // namespace cellmnn
