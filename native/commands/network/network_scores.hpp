/// A known network against the read-out and its baselines.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "native/commands/input/gene_input.hpp"
#include "native/commands/network/known_network.hpp"

namespace cellmnn {

struct ScoreOptions {
  double degradation = 0;
  Index permutations = 1000;
  std::uint64_t seed = 1;
};

struct MethodScore {
  std::string method;
  NetworkScore score;
};

/// What a method says of each pair, one row a regulator of the truth.
struct NamedEffects {
  std::string method;
  Matrix<double> rows;  ///< (R, G)
};

/// Methods that know nothing of the data, of (R, G) effects: constant activation and random effects.
std::vector<NamedEffects> blind_methods(Index regulators, Index genes, std::uint64_t seed);

/// The score of each method.
std::vector<MethodScore> scored(const std::vector<NamedEffects>& methods, const KnownNetwork& network,
                                const ScoreOptions& options, Executor& executor);

/// Effects of the models on all cells, and on the same terms: the operators alone (no degradation), principal
/// components only, co-expression, constant activation and random effects.
std::vector<MethodScore> score_methods(const GeneInput& input, const ModelledTruth& truth,
                                       const ScoreOptions& options, Executor& executor);

/// The paper's protocol for one regulator: its sign on a target is that of G_ij in the majority of the cells
/// in which it is measured above 0. Baselines as above. Throws bad_input if no cell expresses it or
/// no target has a known sign.
std::vector<MethodScore> score_single_regulator(const GeneInput& input, const ModelledTruth& truth,
                                                const std::string& name, const ScoreOptions& options,
                                                Executor& executor);

/// Two tables: whether there is an edge, and its sign.
std::string score_tables(const std::vector<MethodScore>& scores);

nlohmann::ordered_json scores_json(const std::vector<MethodScore>& scores);

}  // namespace cellmnn
