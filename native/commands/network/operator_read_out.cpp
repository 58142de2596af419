#include "native/commands/network/operator_read_out.hpp"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cellmnn/edge_ranking.hpp"
#include "cellmnn/error.hpp"
#include "native/commands/input/gene_input.hpp"
#include "native/commands/input/lagged_input.hpp"
#include "native/commands/network/programme_table.hpp"
#include "native/commands/network/score_report.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/edge_table.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr Index kUsualTop = 10000;     // edges of a group
constexpr Index kProgrammeGenes = 20;  // of a mode

std::vector<Index> chosen_regulators(const GeneInput& input, const std::string& file, Session& session) {
  const GeneSpace& space = input.models.front().gene_space;
  if (file.empty()) return modelled_genes(space);
  const auto [chosen, missing] = listed_genes(file, [&](const std::string& name) -> std::optional<Index> {
    try {
      return modelled_gene(space, model_name(input, name));
    } catch (const Error&) {
      return std::nullopt;
    }
  });
  if (chosen.empty()) throw file_error(file, "names no modelled gene");
  if (!missing.empty()) {
    session.warn("not modelled, and so left out of " + file + ": " + quoted_list(missing));
  }
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
  for (std::size_t r = 0; r < std::min(kLinesShown, strength.size()); ++r) {
    text += (r > 0 ? ", " : "") + genes[static_cast<std::size_t>(strength[r].second)];
  }
  return text;
}

std::vector<EdgeRow> group_edges(const GeneInput& input, const CellGroup& group, double rate,
                                 const std::vector<Index>& regulators, const NetworkFlags& flags,
                                 Session& session) {
  RankedNetwork network =
      ranked_network(input.models, input.cells.positions_of(group), input.cells.times_of(group), rate,
                     regulators, flags.top.value_or(kUsualTop), session.pool());
  add_nulls(input.models.front().gene_space, network);
  const std::vector<std::string>& genes = input.models.front().gene_space.genes;
  std::vector<EdgeRow> rows;
  for (const Edge& edge : network.edges) {
    rows.push_back({group.name, genes[static_cast<std::size_t>(edge.regulator)],
                    genes[static_cast<std::size_t>(edge.target)], edge.effect, edge.sd, edge.sign_agreement,
                    edge.null_z, static_cast<int>(rows.size()) + 1, edge.effect});
  }
  if (group.name == "all") {
    Table table({"regulator", "target", "effect", "null z"});
    for (std::size_t e = 0; e < std::min(kLinesShown, rows.size()); ++e) {
      table.add({rows[e].regulator, rows[e].target, fixed(rows[e].effect, 4), fixed(rows[e].null_z, 1)});
    }
    flags.report_stream() << "Strongest effects, per unit of time\n"
                          << table.text() << "Regulators with the largest effects: "
                          << top_regulators(network.effects, regulators, genes) << "\n";
  }
  return rows;
}

nlohmann::ordered_json score(const GeneInput& input, const ModelledTruth& known, double rate,
                             const NetworkFlags& flags, Session& session) {
  ScoreOptions options = flags.scoring;
  options.degradation = rate;
  options.seed = flags.seed();
  const std::vector<MethodScore> scores =
      flags.tf.empty()
          ? score_methods(input, known, options, session.pool())
          : score_single_regulator(input, known, model_name(input, flags.tf), options, session.pool());
  return shown_scores(scores, known, flags);
}

}  // namespace

void read_out_operator(const NetworkFlags& flags, Session& session) {
  std::vector<KnownEdge> known_edges;
  if (!flags.truth.empty()) known_edges = read_known_edges(flags.truth);  // before any work
  std::vector<std::string> paths = flags.ensemble;
  paths.insert(paths.begin(), flags.model_path);
  const GeneInput input = read_gene_input(paths, flags.data, !flags.tf.empty(), session);
  const CellMnn& first = input.models.front();
  const double rate = flags.degradation.value_or(usual_degradation(first.time_scale));
  const std::vector<Index> sources = chosen_regulators(input, flags.regulators_file, session);

  std::optional<ModelledTruth> known;
  if (!flags.truth.empty()) {
    for (KnownEdge& edge : known_edges) {
      edge = {model_name(input, edge.regulator), model_name(input, edge.target), edge.sign};
    }
    known = modelled_truth(known_edges, scorable_genes(first.gene_space), flags.truth);
  }

  std::vector<EdgeRow> edges;
  std::vector<GroupProgrammes> modes;
  for (const CellGroup& group : cell_groups(input, flags.by)) {
    const std::vector<EdgeRow> rows = group_edges(input, group, rate, sources, flags, session);
    edges.insert(edges.end(), rows.begin(), rows.end());
    if (flags.programmes.empty()) continue;
    const OperatorMoments moments = operator_moments(first, input.cells.positions_of(group),
                                                     input.cells.times_of(group), 0, session.pool());
    modes.push_back({group.name, eigen_programmes(first.gene_space, moments.mean)});
  }
  std::optional<nlohmann::ordered_json> scores;
  if (known) scores = score(input, *known, rate, flags, session);
  OutputGroup outputs;
  if (!flags.output.empty()) write_edges(flags.output, flags.edge_format(), edges);
  if (!flags.programmes.empty()) {
    write_programmes(flags.programmes, modes, first.gene_space.genes, kProgrammeGenes);
  }
  if (scores) record_scores(*scores, flags, session);
  outputs.appear();
  if (!flags.output.empty()) session.say("wrote " + flags.output + ": " + counted(std::ssize(edges), "edge"));
  if (!flags.programmes.empty()) session.say("wrote " + flags.programmes);
}

}  // namespace cellmnn
