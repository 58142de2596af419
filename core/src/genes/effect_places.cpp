/// What stands where the effects of a lagged network stand.
#include <algorithm>
#include <optional>

#include "cellmnn/lagged_network.hpp"

namespace cellmnn {
namespace {

/// Of a gene in an ascending list.
std::optional<Index> place_of(Index gene, const std::vector<Index>& genes) {
  const auto found = std::lower_bound(genes.begin(), genes.end(), gene);
  if (found == genes.end() || *found != gene) return std::nullopt;
  return found - genes.begin();
}

}  // namespace

Matrix<double> prior_weights(const LaggedNetwork& network, std::span<const PriorEdge> prior) {
  if (prior.empty()) return {};
  Matrix<double> weights = Matrix<double>::Zero(network.effects.rows(), network.effects.cols());
  for (const PriorEdge& edge : prior) {
    const std::optional<Index> row = place_of(edge.source, network.regulators);
    const std::optional<Index> column = place_of(edge.target, network.targets);
    if (row && column) weights(*row, *column) = edge.sign < 0 ? -edge.weight : edge.weight;
  }
  return weights;
}

std::vector<std::pair<Index, Index>> own_effects(const LaggedNetwork& network) {
  std::vector<std::pair<Index, Index>> places;
  for (std::size_t r = 0; r < network.regulators.size(); ++r) {
    if (const std::optional<Index> own = place_of(network.regulators[r], network.targets))
      places.emplace_back(static_cast<Index>(r), *own);
  }
  return places;
}

Matrix<double> rank_scores(const LaggedNetwork& network) {
  constexpr double kTiny = 1e-12;
  Matrix<double> scores = network.effects;
  for (const auto& [row, column] : own_effects(network)) scores(row, column) = 0;
  const auto largest = (scores.cwiseAbs().colwise().maxCoeff().array() + kTiny).sqrt().matrix().eval();
  return scores * largest.cwiseInverse().asDiagonal();
}

}  // namespace cellmnn
