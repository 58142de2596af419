#include "native/commands/network/network_flags.hpp"

#include <iostream>

#include "cellmnn/edge_evidence.hpp"
#include "cellmnn/edge_ranking.hpp"
#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/edge_table.hpp"

namespace cellmnn {
namespace {

constexpr std::int64_t kMostFits = 10000;
constexpr std::int64_t kMostPermutations = 1000000;

}  // namespace

void NetworkFlags::add_to(Command& command) {
  command
      .arguments("DATA", "Cells over time with expression: .h5ad, .csv, .npz, ...; or MODEL DATA", arguments_)
      .required();
  data.add_keys_to(command);
  data.add_gene_names_to(command);
  data.add_force_to(command);
  const std::string group = "Network";
  command
      .option(group, "--read-out", "lagged|operator",
              "From expression and time alone, or the operator of a model carried to genes",
              [this](const std::string& text) {
                require_choice("--read-out", text, kReadOuts);
                read_out = text;
              })
      .shown_default("operator with MODEL, lagged without");
  command.option(group, "--regulators", "FILE|human|mouse",
                 "Only effects of these genes, one a line, or of all transcription factors", regulators_file);
  command
      .option(group, "--top", "N", "Edges that are written, of each group",
              [this](const std::string& text) { top = parse_whole("--top", text, 1); })
      .shown_default("all; 10000 of an operator");
  add_lagged_options(command);
  add_operator_options(command);
  command.option("Truth", "--truth", "FILE",
                 "Score against a known network: TRRUST's tsv, or a table with Gene1, Gene2 and perhaps Sign",
                 truth);
  command
      .option("Truth", "--permutations", "N", "For p-values",
              [this](const std::string& text) {
                scoring.permutations = parse_whole("--permutations", text, 1, kMostPermutations);
              })
      .shown_default(std::to_string(scoring.permutations));
  command.option("Output", "-o,--output", "FILE", "Ranked edges: .tsv, .csv or .graphml", output);
  command
      .option("Output", "--format", joined(kEdgeFormats, "|"), "Format of the edges",
              [this](const std::string& text) {
                require_choice("--format", text, kEdgeFormats);
                format = text;
              })
      .shown_default("by the name's ending");
  command.option("Output", "--json", "FILE", "Scores as JSON", json);
  general.add_to(command);
}

void NetworkFlags::add_lagged_options(Command& command) {
  const std::string group = "Lagged read-out";
  expression.add_to(command, group);
  const EvidenceOptions usual;
  command
      .option(group, "--draws", "N", "Networks of half of the cells, for same_sign and confidence",
              [this](const std::string& text) { draws = parse_whole("--draws", text, 0, kMostFits); })
      .shown_default(std::to_string(usual.draws) + ", or 0 for large networks");
  command
      .option(group, "--shuffles", "N", "Networks of the snapshots in another order, for p",
              [this](const std::string& text) { shuffles = parse_whole("--shuffles", text, 0, kMostFits); })
      .shown_default(std::to_string(usual.permutations) + ", or 0 for large networks");
  command.option(group, "--around", "GENE", "Only what acts on this gene, and on what it acts", around);
  command.option(group, "--ranking", "FILE",
                 "Regulators by the sum of the scores of their edges, with p: tsv", ranking);
}

void NetworkFlags::add_operator_options(Command& command) {
  const std::string group = "Operator of a model";
  command.option(group, "--ensemble", "MODEL,...", "More models of the same data: mean, sd, sign agreement",
                 [this](const std::string& text) { ensemble = parse_list("--ensemble", text); });
  command.option(group, "--by", "time|KEY", "Also for the cells of each time, or label of an obs column",
                 [this](const std::string& text) { by = text; });
  command
      .option(group, "--degradation", "RATE",
              "Rate at which expression decays, per unit of time, e.g. 0.69 / half-life. It is added to the "
              "operator, so that effects are on production; 0 is the operator as it is",
              [this](const std::string& text) {
                degradation = parse_number("--degradation", text);
                if (*degradation < 0)
                  throw Error(ErrorCode::usage, "--degradation is " + text + ", but must be 0 or more");
              })
      .shown_default(number_text(kUsualDegradation) + " in the mean gap between training times");
  command.option(group, "--programmes", "FILE", "Modes of the mean operator as lists of genes: tsv",
                 programmes);
  command.option(group, "--tf", "GENE",
                 "With --truth, score the signs of one regulator by majority of the cells that express it",
                 tf);
}

void NetworkFlags::refuse_options_of_the_other() const {
  const bool lagged = read_out == "lagged";
  const std::vector<std::pair<std::string, bool>> of_operator = {
      {"--ensemble", !ensemble.empty()},
      {"--by", by.has_value()},
      {"--degradation", degradation.has_value()},
      {"--programmes", !programmes.empty()},
      {"--tf", !tf.empty()},
      {"--force", data.force},
      {"--embedding-key", data.options.embedding_key.has_value()}};
  std::vector<std::pair<std::string, bool>> of_lagged = expression.given();
  of_lagged.emplace_back("--draws", draws.has_value());
  of_lagged.emplace_back("--shuffles", shuffles.has_value());
  of_lagged.emplace_back("--around", !around.empty());
  of_lagged.emplace_back("--ranking", !ranking.empty());
  for (const auto& [option, given] : lagged ? of_operator : of_lagged) {
    if (!given) continue;
    throw Error(ErrorCode::usage, option + " is an option of --read-out " + (lagged ? "operator" : "lagged") +
                                      ", but the read-out is " + read_out);
  }
}

void NetworkFlags::complete() {
  if (read_out.empty()) read_out = kReadOuts[arguments_.size() == 2 ? 1 : 0];
  const bool lagged = read_out == "lagged";
  if (arguments_.size() != (lagged ? 1U : 2U)) {
    throw Error(ErrorCode::usage, "got " + std::to_string(arguments_.size()) + " arguments, but --read-out " +
                                      read_out + " needs " + (lagged ? "one, DATA" : "two, MODEL and DATA"));
  }
  data.path = arguments_.back();
  if (!lagged) model_path = arguments_.front();
  refuse_options_of_the_other();

  const std::string chosen_format = edge_format();
  if (truth.empty() && !tf.empty()) throw Error(ErrorCode::usage, "--tf needs --truth FILE");
  if (by && chosen_format != "tsv" && chosen_format != "csv" && !chosen_format.empty()) {
    throw Error(ErrorCode::usage,
                "--by needs edges as tsv or csv: " + chosen_format + " holds one group only");
  }
  check_ending("--programmes", programmes, {".tsv", ".txt"});
  check_ending("--ranking", ranking, {".tsv", ".txt"});
  check_ending("--json", json, {".json"});
  check_outputs_differ(
      {{"--output", output}, {"--programmes", programmes}, {"--ranking", ranking}, {"--json", json}});
  for (const std::string& path : {output, programmes, ranking, json}) {
    if (!path.empty()) check_writable(path, input_files());
  }
}

std::vector<std::string> NetworkFlags::input_files() const {
  std::vector<std::string> files = expression.files();
  files.insert(files.end(), {model_path, data.path, truth, regulators_file});
  files.insert(files.end(), ensemble.begin(), ensemble.end());
  return files;
}

std::ostream& NetworkFlags::report_stream() const {
  const bool tables_go_there = is_standard_output(output) || is_standard_output(programmes) ||
                               is_standard_output(ranking) || is_standard_output(json);
  return tables_go_there ? std::cerr : std::cout;
}

std::string NetworkFlags::edge_format() const {
  if (!format.empty() || output.empty()) return format;
  for (const std::string& known : kEdgeFormats) {
    if (output.ends_with("." + known)) return known;
  }
  if (is_stream(output)) return kEdgeFormats.front();
  throw Error(ErrorCode::usage,
              "--output is '" + output + "', but must end in .tsv, .csv or .graphml; or give --format");
}

}  // namespace cellmnn
