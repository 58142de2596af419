#include "native/commands/network/lagged_read_out.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "cellmnn/edge_evidence.hpp"
#include "cellmnn/error.hpp"
#include "native/commands/input/lagged_input.hpp"
#include "native/commands/network/score_report.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/lagged_edges.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr Index kMostUsualEvidence = 2000000;  // effects of a network that is fitted many times unasked

EvidenceOptions evidence_options(const NetworkFlags& flags, const LaggedNetwork& network, Session& session) {
  EvidenceOptions options;
  options.seed = flags.seed();
  const bool large = network.effects.size() > kMostUsualEvidence;
  if (large && !(flags.draws && flags.shuffles)) {
    session.say("a network of " + counted(network.effects.size(), "effect") +
                " is fitted once only: give --draws and --shuffles for same_sign, p and confidence");
  }
  options.draws = flags.draws.value_or(large ? 0 : options.draws);
  options.permutations = flags.shuffles.value_or(large ? 0 : options.permutations);
  return options;
}

/// Those of the text, each with its p where there is one.
std::string top_regulators(const LaggedEdges& edges) {
  const std::vector<Index> order = ranked_regulators(edges);
  std::string text;
  for (std::size_t r = 0; r < std::min(kLinesShown, order.size()); ++r) {
    const double p = edges.evidence.regulator_p(order[r]);
    text += (r > 0 ? ", " : "") + edges.source(order[r]);
    if (!std::isnan(p)) text += " (p " + fixed(p, 2) + ")";
  }
  return text;
}

/// The first of `places`.
std::string edge_table(const LaggedEdges& edges, const std::vector<std::pair<Index, Index>>& places) {
  Table table({"source", "target", "effect", "score", "same sign", "p", "agreement", "confidence"});
  for (std::size_t e = 0; e < std::min(kLinesShown, places.size()); ++e) {
    const auto [row, column] = places[e];
    table.add({edges.source(row), edges.target(column), fixed(edges.network.effects(row, column), 2),
               fixed(edges.scores(row, column), 2), fixed(edges.evidence.same_sign(row, column), 2),
               fixed(edges.evidence.p(row, column), 2), fixed(edges.agreement(row, column), 0),
               fixed(edges.evidence.confidence(row, column), 2)});
  }
  return table.text();
}

/// Tables of all edges, or of those to and from a gene.
std::string edge_tables(const LaggedEdges& edges, const std::string& around) {
  if (around.empty()) return edge_table(edges, edges.ranked);
  std::vector<std::pair<Index, Index>> up, down;
  for (const auto& place : edges.ranked) (edges.target(place.second) == around ? up : down).push_back(place);
  const std::string none = "  none\n";
  return "What acts on " + around + ":\n" + (up.empty() ? none : edge_table(edges, up)) + "On what " +
         around + " acts:\n" + (down.empty() ? none : edge_table(edges, down));
}

void show(const ExpressionCourse& data, const LaggedEdges& edges, const NetworkFlags& flags) {
  std::vector<std::string> inputs;
  for (const Index input : edges.network.inputs)
    inputs.push_back(data.genes[static_cast<std::size_t>(input)]);
  flags.report_stream() << "Strongest effects of a source's earlier level on its target, by regression\n"
                        << edge_tables(edges, flags.around)
                        << "Regulators with the largest effects: " << top_regulators(edges) << "\n"
                        << (edges.prior.size() > 0 ? "A prior was used: edges of " + flags.expression.prior +
                                                         " are found more easily\n"
                                                   : "")
                        << (inputs.empty() ? "" : "Inputs: " + quoted_list(inputs) + "\n")
                        << direction_text(data, edges.network);
}

/// (R, G) of the truth's regulators, 0 where the network has no such pair.
Matrix<double> rows_of(const Matrix<double>& values, const LaggedNetwork& network,
                       const std::vector<Index>& regulators, Index genes) {
  Matrix<double> rows = Matrix<double>::Zero(static_cast<Index>(regulators.size()), genes);
  for (std::size_t r = 0; r < regulators.size(); ++r) {
    const auto found = std::lower_bound(network.regulators.begin(), network.regulators.end(), regulators[r]);
    if (found == network.regulators.end() || *found != regulators[r]) continue;
    for (std::size_t t = 0; t < network.targets.size(); ++t) {
      const double value = values(found - network.regulators.begin(), static_cast<Index>(t));
      rows(static_cast<Index>(r), network.targets[t]) = std::isnan(value) ? 0 : value;
    }
  }
  return rows;
}

nlohmann::ordered_json score(const ExpressionCourse& data, const LaggedEdges& edges,
                             const ModelledTruth& known, const NetworkFlags& flags, Session& session) {
  ScoreOptions options = flags.scoring;
  options.seed = flags.seed();
  const auto genes = static_cast<Index>(data.genes.size());
  const std::vector<Index>& regulators = known.network.regulators;
  const auto rows = [&](const Matrix<double>& values) {
    return rows_of(values, edges.network, regulators, genes);
  };
  std::vector<NamedEffects> methods = {{"lagged", rows(edges.scores)},
                                       {"correlation", rows(edges.evidence.correlation)},
                                       {"correlation within", rows(edges.evidence.within)}};
  for (NamedEffects& blind : blind_methods(static_cast<Index>(regulators.size()), genes, options.seed))
    methods.push_back(std::move(blind));
  return shown_scores(scored(methods, known.network, options, session.pool()), known, flags);
}

ModelledTruth known_network(const std::vector<KnownEdge>& edges, const ExpressionCourse& data,
                            const LaggedNetwork& network, const std::string& path) {
  ScorableGenes genes{data.genes, std::vector<bool>(data.genes.size(), true), "",
                      std::vector<bool>(data.genes.size(), true)};
  for (const Index input : network.inputs) genes.can_be_target[static_cast<std::size_t>(input)] = false;
  return modelled_truth(edges, genes, path);
}

/// Keeps the first `top` edges from and to a gene.
void keep_around(Index gene, Index top, LaggedEdges& edges) {
  const LaggedNetwork& network = edges.network;
  std::erase_if(edges.ranked, [&](const std::pair<Index, Index>& place) {
    return network.regulators[static_cast<std::size_t>(place.first)] != gene &&
           network.targets[static_cast<std::size_t>(place.second)] != gene;
  });
  edges.ranked.resize(static_cast<std::size_t>(std::min(top, std::ssize(edges.ranked))));
}

/// A network that was told some of the answers says nothing about how well others are found.
void refuse_known_answers(const std::vector<KnownEdge>& truth, const NetworkFlags& flags) {
  if (flags.expression.prior.empty()) return;
  std::set<std::pair<std::string, std::string>> told;
  for (const KnownEdge& edge : read_known_edges(flags.expression.prior))
    told.emplace(edge.regulator, edge.target);
  const auto both = std::count_if(truth.begin(), truth.end(), [&](const KnownEdge& edge) {
    return told.contains({edge.regulator, edge.target});
  });
  if (both == 0) return;
  throw Error(ErrorCode::bad_input, flags.expression.prior + " (--prior) contains " + std::to_string(both) +
                                        " of the " + counted(std::ssize(truth), "edge") + " of " +
                                        flags.truth +
                                        " (--truth): a network that was told the answers cannot be scored by "
                                        "them");
}

}  // namespace

void read_out_lagged(const NetworkFlags& flags, Session& session) {
  std::vector<KnownEdge> known_edges;
  if (!flags.truth.empty()) {  // before any work
    known_edges = read_known_edges(flags.truth);
    refuse_known_answers(known_edges, flags);
  }
  const LaggedInput input =
      read_lagged_input(flags.data, flags.expression, flags.regulators_file, LaggedOptions{}.ridge, session);
  const ExpressionCourse& data = input.data;

  LaggedEdges edges{data.genes, input.network, {}, {}, 0, {}, {}};
  std::optional<ModelledTruth> known;
  if (!flags.truth.empty()) known = known_network(known_edges, data, edges.network, flags.truth);
  edges.scores = rank_scores(edges.network);
  edges.prior = prior_weights(input.network, input.options.prior);
  edges.evidence = edge_evidence(conditions_of(data), input.options, edges.network,
                                 evidence_options(flags, edges.network, session), session.pool());
  const std::vector<double>& times = data.course.times;
  edges.lag = (times.back() - times.front()) / static_cast<double>(times.size() - 1);
  constexpr Index kAll = std::numeric_limits<Index>::max();
  const Index most = flags.output.empty() ? Index{kLinesShown} : flags.top.value_or(kAll);
  edges.ranked = ranked_edges(edges.network, edges.scores, flags.around.empty() ? most : kAll);
  if (!flags.around.empty())
    keep_around(gene_named(data, flags.around, "--around"), flags.top.value_or(kAll), edges);
  show(data, edges, flags);

  std::optional<nlohmann::ordered_json> scores;
  if (known) scores = score(data, edges, *known, flags, session);
  OutputGroup outputs;
  if (!flags.output.empty()) write_lagged_edges(flags.output, flags.edge_format(), edges);
  if (!flags.ranking.empty()) write_ranking(flags.ranking, edges);
  if (scores) record_scores(*scores, flags, session);
  outputs.appear();
  if (!flags.output.empty())
    session.say("wrote " + flags.output + ": " + counted(std::ssize(edges.ranked), "edge"));
}

}  // namespace cellmnn
