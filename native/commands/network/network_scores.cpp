#include "native/commands/network/network_scores.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cellmnn/edge_ranking.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kRandomEffects = 1ULL << 40U;  // a stream that no permutation uses

Matrix<double> rows_of(const GeneInput& input, double degradation, const std::vector<Index>& regulators,
                       Executor& executor) {
  std::vector<Effects> effects;
  for (const CellMnn& model : input.models) {
    effects.push_back(mean_effects(
        model.gene_space,
        operator_moments(model, input.cells.positions, input.cells.times, degradation, executor)));
  }
  return effect_rows(effects, regulators);
}

std::vector<NamedEffects> baselines(const GeneInput& input, const std::vector<Index>& regulators,
                                    std::uint64_t seed) {
  const GeneSpace& space = input.models.front().gene_space;
  const auto rows = static_cast<Index>(regulators.size()), genes = static_cast<Index>(space.genes.size());
  std::vector<NamedEffects> methods = {
      {"PCA only", effect_rows({mean_effects(space, identity_moments(input.cells.positions))}, regulators)},
      {"co-expression", effect_rows({covariance_effects(space, input.cells.positions)}, regulators)},
  };
  for (NamedEffects& blind : blind_methods(rows, genes, seed)) methods.push_back(std::move(blind));
  return methods;
}

KnownNetwork network_of(const KnownNetwork& network, std::size_t regulator) {
  KnownNetwork single{{network.regulators[regulator]}, network.targets, {}};
  for (TrueEdge edge : network.edges) {
    if (edge.regulator != static_cast<Index>(regulator)) continue;
    edge.regulator = 0;
    single.edges.push_back(edge);
  }
  return single;
}

/// The cells in which a gene of the model is measured above 0.
CellGroup expressing_cells(const GeneInput& input, const std::string& name) {
  const auto& genes = input.file.genes;
  const auto found = std::find(genes.begin(), genes.end(), name);
  if (found == genes.end()) {
    throw Error(ErrorCode::bad_input, "--tf " + name + " needs its measured expression: give data with X");
  }
  CellGroup group{name, {}};
  for (Index n = 0; n < input.cells.expression.rows(); ++n) {
    if (input.cells.expression(n, found - genes.begin()) > 0) group.rows.push_back(n);
  }
  if (group.rows.empty()) {
    throw Error(ErrorCode::bad_input, "no cell expresses " + name + " (--tf): its expression is 0 in all");
  }
  return group;
}

}  // namespace

std::vector<NamedEffects> blind_methods(Index regulators, Index genes, std::uint64_t seed) {
  Matrix<double> random(regulators, genes);
  Rng rng(seed, kRandomEffects);
  for (double& value : random.reshaped()) value = rng.normal();
  return {{"constant activation", Matrix<double>::Ones(regulators, genes)}, {"random", random}};
}

std::vector<MethodScore> scored(const std::vector<NamedEffects>& methods, const KnownNetwork& network,
                                const ScoreOptions& options, Executor& executor) {
  std::vector<MethodScore> scores;
  scores.reserve(methods.size());
  for (const NamedEffects& method : methods) {
    scores.push_back(
        {method.method, score_network(method.rows, network, options.permutations, options.seed, executor)});
  }
  return scores;
}

std::vector<MethodScore> score_methods(const GeneInput& input, const ModelledTruth& truth,
                                       const ScoreOptions& options, Executor& executor) {
  const std::vector<Index>& regulators = truth.network.regulators;
  std::vector<NamedEffects> methods = {
      {"cellmnn", rows_of(input, options.degradation, regulators, executor)}};
  if (options.degradation != 0) {
    methods.push_back({"operators alone", rows_of(input, 0, regulators, executor)});
  }
  for (NamedEffects& baseline : baselines(input, regulators, options.seed)) {
    methods.push_back(std::move(baseline));
  }
  return scored(methods, truth.network, options, executor);
}

std::vector<MethodScore> score_single_regulator(const GeneInput& input, const ModelledTruth& truth,
                                                const std::string& name, const ScoreOptions& options,
                                                Executor& executor) {
  const Index gene = modelled_gene(input.models.front().gene_space, name);
  const auto& regulators = truth.network.regulators;
  const auto found = std::find(regulators.begin(), regulators.end(), gene);
  const auto known = found == regulators.end()
                         ? KnownNetwork{}
                         : network_of(truth.network, static_cast<std::size_t>(found - regulators.begin()));
  if (std::none_of(known.edges.begin(), known.edges.end(), [](const TrueEdge& e) { return e.sign != 0; })) {
    throw Error(ErrorCode::bad_input,
                "the truth knows no sign of an effect of " + name + " (--tf) on a modelled gene");
  }
  const CellGroup cells = expressing_cells(input, name);
  Matrix<double> votes =
      Matrix<double>::Zero(1, static_cast<Index>(input.models.front().gene_space.genes.size()));
  for (const CellMnn& model : input.models) {
    votes += (activating_share(model, input.cells.positions_of(cells), input.cells.times_of(cells), gene,
                               options.degradation, executor)
                  .array() -
              0.5)
                 .matrix()
                 .transpose();
  }
  std::vector<NamedEffects> methods = {
      {"majority of " + counted(static_cast<Index>(cells.rows.size()), "cell"), votes}};
  for (NamedEffects& baseline : baselines(input, {gene}, options.seed))
    methods.push_back(std::move(baseline));
  return scored(methods, known, options, executor);
}

std::string score_tables(const std::vector<MethodScore>& scores) {
  const NetworkScore& first = scores.front().score;
  const SignConfusion& signs = first.signs;
  const Index activating = signs.activation_as_activation + signs.activation_as_repression;
  const Index repressing = signs.repression_as_activation + signs.repression_as_repression;
  Table edges({"method", "AUROC", "AUPRC", "early precision ratio", "signed AUROC", "p (AUROC)"});
  Table calls({"method", "TP", "FN", "FP", "TN", "precision", "recall", "F1", "balanced accuracy", "MCC",
               "p (balanced)"});
  for (const auto& [method, score] : scores) {
    edges.add({method, fixed(score.auroc, 3), fixed(score.auprc, 4), fixed(score.early_precision_ratio, 2),
               fixed(score.signed_auroc, 3), fixed(score.auroc_p, 3)});
    const SignConfusion& s = score.signs;
    calls.add({method, grouped(s.activation_as_activation), grouped(s.activation_as_repression),
               grouped(s.repression_as_activation), grouped(s.repression_as_repression),
               fixed(s.precision(), 3), fixed(s.recall(), 3), fixed(s.f1(), 3),
               fixed(s.balanced_accuracy(), 3), fixed(s.mcc(), 3), fixed(score.sign_p, 3)});
  }
  std::string text = "Is there an edge? " + counted(first.edges, "true edge") + " among " +
                     counted(first.candidates, "candidate") + ", by |effect|\n" + edges.text();
  if (activating + repressing > 0) {
    text += "Which sign? " + counted(activating, "activation") + " (positive) and " +
            counted(repressing, "repression") + "; TP is activation called activation\n" + calls.text();
  }
  return text;
}

nlohmann::ordered_json scores_json(const std::vector<MethodScore>& scores) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const auto& [method, score] : scores) {
    const SignConfusion& s = score.signs;
    json.push_back({{"method", method},
                    {"candidates", score.candidates},
                    {"edges", score.edges},
                    {"auroc", score.auroc},
                    {"auprc", score.auprc},
                    {"early_precision_ratio", score.early_precision_ratio},
                    {"signed_auroc", score.signed_auroc},
                    {"auroc_p", score.auroc_p},
                    {"tp", s.activation_as_activation},
                    {"fn", s.activation_as_repression},
                    {"fp", s.repression_as_activation},
                    {"tn", s.repression_as_repression},
                    {"precision", s.precision()},
                    {"recall", s.recall()},
                    {"f1", s.f1()},
                    {"balanced_accuracy", s.balanced_accuracy()},
                    {"mcc", s.mcc()},
                    {"sign_p", score.sign_p}});
  }
  return json;
}

}  // namespace cellmnn
