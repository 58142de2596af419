/// cellmnn network: which gene acts on which, and how well that is known.
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cellmnn/edge_ranking.hpp"
#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/commands/commands.hpp"
#include "native/commands/network/network_scores.hpp"
#include "native/commands/network/programme_table.hpp"
#include "native/commands/shared/gene_input.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/text.hpp"
#include "native/io/files/utf8.hpp"
#include "native/io/tables/edge_table.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kShown = 10;     // edges and regulators in the text
constexpr Index kProgrammeGenes = 20;  // of a mode

struct NetworkCommand {
  std::string model_path;
  std::vector<std::string> ensemble;
  DataFlags data;
  std::optional<std::string> by;
  std::optional<double> degradation;
  std::string regulators_file, truth, tf, output, format, programmes, json;
  Index top = 10000;
  ScoreOptions scoring;
  GeneralFlags general;

  void add_to(Command& command);
  void run(Session& session) const;
  std::string edge_format() const;
  /// Where the text for people goes: not between the values of a table.
  std::ostream& report_stream() const;
  std::vector<Index> chosen_regulators(const GeneInput& input, Session& session) const;
  std::vector<EdgeRow> group_edges(const GeneInput& input, const CellGroup& group, double rate,
                                   const std::vector<Index>& regulators, Session& session) const;
  nlohmann::ordered_json score(const GeneInput& input, const ModelledTruth& known, double rate,
                               Session& session) const;
};

void NetworkCommand::add_to(Command& command) {
  const std::string group = "Network";
  command.argument("MODEL", "A model from 'cellmnn train' on data with genes", model_path);
  data.add_to(command);
  data.add_gene_names_to(command);
  data.add_force_to(command);
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
  command.option(group, "--regulators", "FILE", "Only effects of these genes, one a line", regulators_file);
  command
      .option(group, "--top", "N", "Edges of each group that are written",
              [this](const std::string& text) { top = parse_whole("--top", text, 1); })
      .shown_default(std::to_string(top));
  command.option("Truth", "--truth", "FILE",
                 "Score against a known network: TRRUST's tsv, or a table with Gene1, Gene2 and perhaps Sign",
                 truth);
  command.option("Truth", "--tf", "GENE",
                 "Score the signs of one regulator by majority of the cells that express it", tf);
  command
      .option(
          "Truth", "--permutations", "N", "For p-values",
          [this](const std::string& text) { scoring.permutations = parse_whole("--permutations", text, 1); })
      .shown_default(std::to_string(scoring.permutations));
  command.option("Output", "-o,--output", "FILE", "Ranked edges: .tsv, .csv or .graphml", output);
  command
      .option("Output", "--format", "tsv|csv|beeline|graphml", "Format of the edges",
              [this](const std::string& text) {
                require_choice("--format", text, kEdgeFormats);
                format = text;
              })
      .shown_default("by the name's ending");
  command.option("Output", "--programmes", "FILE", "Modes of the mean operator as lists of genes: tsv",
                 programmes);
  command.option("Output", "--json", "FILE", "Scores as JSON", json);
  general.add_to(command);
  command.footer(
      "Examples:\n"
      "  cellmnn network eb.safetensors eb.h5ad -o edges.tsv --by time\n"
      "  cellmnn network muscle.safetensors muscle.h5ad --truth trrust_rawdata.human.tsv\n"
      "The effect of a regulator on a target in a cell is G_ij e_j: the rate of the target's production,\n"
      "minus what it would be without the regulator, to first order in the space of components.\n"
      "null_z compares with shuffled loadings; these have heavy tails, so it is no p-value.");
}

std::ostream& NetworkCommand::report_stream() const {
  const bool tables_go_there =
      is_standard_output(output) || is_standard_output(programmes) || is_standard_output(json);
  return tables_go_there ? std::cerr : std::cout;
}

std::string NetworkCommand::edge_format() const {
  if (!format.empty() || output.empty()) return format;
  for (const std::string& known : kEdgeFormats) {
    if (output.ends_with("." + known)) return known;
  }
  if (is_stream(output)) return kEdgeFormats.front();
  throw Error(ErrorCode::usage,
              "--output is '" + output + "', but must end in .tsv, .csv or .graphml; or give --format");
}

std::vector<Index> NetworkCommand::chosen_regulators(const GeneInput& input, Session& session) const {
  const GeneSpace& space = input.models.front().gene_space;
  if (regulators_file.empty()) return modelled_genes(space);
  std::vector<Index> chosen;
  std::vector<std::string> missing;
  const std::string text = read_file(regulators_file);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string name(trimmed(std::string_view(text).substr(begin, end - begin)));
    begin = end + 1;
    if (name.empty()) continue;
    try {
      chosen.push_back(modelled_gene(space, model_name(input, name)));
    } catch (const Error&) {
      missing.push_back(name);
    }
  }
  if (chosen.empty()) throw file_error(regulators_file, "names no modelled gene");
  if (!missing.empty()) {
    session.warn("not modelled, and so left out of " + regulators_file + ": " + quoted_list(missing));
  }
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

/// Regulators by the length of their effects on all genes.
std::string top_regulators(const std::vector<Effects>& effects, const std::vector<Index>& regulators,
                           const std::vector<std::string>& genes) {
  std::vector<std::pair<double, Index>> strength;
  strength.reserve(regulators.size());
  for (const Index regulator : regulators) {
    strength.emplace_back(-effect_rows(effects, {regulator}).norm(), regulator);
  }
  std::sort(strength.begin(), strength.end());
  std::string text;
  for (std::size_t r = 0; r < std::min(kShown, strength.size()); ++r) {
    text += (r > 0 ? ", " : "") + genes[static_cast<std::size_t>(strength[r].second)];
  }
  return text;
}

std::vector<EdgeRow> NetworkCommand::group_edges(const GeneInput& input, const CellGroup& group, double rate,
                                                 const std::vector<Index>& regulators,
                                                 Session& session) const {
  RankedNetwork network = ranked_network(input.models, input.cells.positions_of(group),
                                     input.cells.times_of(group), rate, regulators, top, session.pool());
  add_nulls(input.models.front().gene_space, network);
  const std::vector<std::string>& genes = input.models.front().gene_space.genes;
  std::vector<EdgeRow> rows;
  for (const Edge& edge : network.edges) {
    rows.push_back({group.name, genes[static_cast<std::size_t>(edge.regulator)],
                    genes[static_cast<std::size_t>(edge.target)], edge.effect, edge.sd, edge.sign_agreement,
                    edge.null_z, static_cast<int>(rows.size()) + 1});
  }
  if (group.name == "all") {
    Table table({"regulator", "target", "effect", "null z"});
    for (std::size_t e = 0; e < std::min(kShown, rows.size()); ++e) {
      table.add({rows[e].regulator, rows[e].target, fixed(rows[e].effect, 4), fixed(rows[e].null_z, 1)});
    }
    report_stream() << "Strongest effects, per unit of time\n"
                    << table.text() << "Regulators with the largest effects: "
                    << top_regulators(network.effects, regulators, genes) << "\n";
  }
  return rows;
}

nlohmann::ordered_json NetworkCommand::score(const GeneInput& input, const ModelledTruth& known, double rate,
                                             Session& session) const {
  ScoreOptions options = scoring;
  options.degradation = rate;
  if (general.seed) options.seed = *general.seed;
  const std::vector<MethodScore> scores =
      tf.empty() ? score_methods(input, known, options, session.pool())
                 : score_single_regulator(input, known, model_name(input, tf), options, session.pool());
  report_stream() << "\n"
                  << truth << ": " << counted(known.edges_in_file, "edge") << ", of which "
                  << counted(static_cast<std::int64_t>(known.network.edges.size()), "edge") << " of "
                  << counted(static_cast<std::int64_t>(known.network.regulators.size()), "regulator")
                  << " between modelled genes\n"
                  << unused_text(known.unused) << score_tables(scores);
  nlohmann::ordered_json unused = nlohmann::ordered_json::array();
  for (const auto& [name, reason] : known.unused) unused.push_back({{"regulator", name}, {"reason", reason}});
  return {{"truth", truth}, {"tf", tf}, {"scores", scores_json(scores)}, {"not_scored", unused}};
}

void NetworkCommand::run(Session& session) const {
  const std::string chosen_format = edge_format();
  if (truth.empty() && !tf.empty()) throw Error(ErrorCode::usage, "--tf needs --truth FILE");
  if (by && (chosen_format == "beeline" || chosen_format == "graphml")) {
    throw Error(ErrorCode::usage,
                "--by needs edges as tsv or csv: " + chosen_format + " holds one group only");
  }
  check_ending("--programmes", programmes, {".tsv", ".txt"});
  check_ending("--json", json, {".json"});
  check_outputs_differ({{"--output", output}, {"--programmes", programmes}, {"--json", json}});
  for (const std::string& path : {output, programmes, json}) {
    if (!path.empty()) check_writable(path, {model_path, data.path, truth, regulators_file});
  }
  std::vector<KnownEdge> known_edges;
  if (!truth.empty()) known_edges = read_known_edges(truth);  // before any work
  std::vector<std::string> paths = ensemble;
  paths.insert(paths.begin(), model_path);
  const GeneInput input = read_gene_input(paths, data, !tf.empty(), session);
  const CellMnn& first = input.models.front();
  const double rate = degradation.value_or(usual_degradation(first.time_scale));
  const std::vector<Index> sources = chosen_regulators(input, session);

  std::optional<ModelledTruth> known;
  if (!truth.empty()) {
    for (KnownEdge& edge : known_edges) {
      edge = {model_name(input, edge.regulator), model_name(input, edge.target), edge.sign};
    }
    known = modelled_truth(known_edges, first.gene_space, truth);
  }

  std::vector<EdgeRow> edges;
  std::vector<GroupProgrammes> modes;
  for (const CellGroup& group : cell_groups(input, by)) {
    const std::vector<EdgeRow> rows = group_edges(input, group, rate, sources, session);
    edges.insert(edges.end(), rows.begin(), rows.end());
    if (programmes.empty()) continue;
    const OperatorMoments moments = operator_moments(first, input.cells.positions_of(group),
                                                     input.cells.times_of(group), 0, session.pool());
    modes.push_back({group.name, eigen_programmes(first.gene_space, moments.mean)});
  }
  std::optional<nlohmann::ordered_json> scores;
  if (known) scores = score(input, *known, rate, session);
  if (!output.empty()) {
    write_edges(output, chosen_format, edges);
    session.say("wrote " + output + ": " + counted(static_cast<std::int64_t>(edges.size()), "edge"));
  }
  if (!programmes.empty()) {
    write_programmes(programmes, modes, first.gene_space.genes, kProgrammeGenes);
    session.say("wrote " + programmes);
  }
  if (!scores) return;
  session.log().write("network scores", *scores);
  if (!json.empty()) write_file(json, json_text(*scores, 2) + "\n");
}

}  // namespace

void add_network(Program& program) {
  Command command = program.add_command("network", "Read signed interactions of genes from a model");
  const auto network = std::make_shared<NetworkCommand>();
  network->add_to(command);
  command.on_run([network] {
    in_session("network", network->general, {network->model_path, network->data.path, network->truth},
               [&](Session& session) { network->run(session); });
  });
}

}  // namespace cellmnn
