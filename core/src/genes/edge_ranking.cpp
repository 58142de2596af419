#include "cellmnn/edge_ranking.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace cellmnn {
namespace {

bool stronger(const Edge& a, const Edge& b) {
  return std::tuple(-std::abs(a.effect), a.regulator, a.target) <
         std::tuple(-std::abs(b.effect), b.regulator, b.target);
}

void keep_strongest(std::vector<Edge>& edges, Index count) {
  if (static_cast<Index>(edges.size()) <= count) return;
  std::nth_element(edges.begin(), edges.begin() + count, edges.end(), stronger);
  edges.resize(static_cast<std::size_t>(count));
}

Vector<double> mean_effects_of(const std::vector<Effects>& models, Index regulator) {
  Vector<double> sum = models.front().of_regulator(regulator);
  for (std::size_t m = 1; m < models.size(); ++m) sum += models[m].of_regulator(regulator);
  return sum / static_cast<double>(models.size());
}

void add_spread(const std::vector<Effects>& models, Edge& edge) {
  const auto count = static_cast<double>(models.size());
  if (models.size() < 2) {
    edge.sd = edge.sign_agreement = kNotKnown;
    return;
  }
  double squares = 0, agreeing = 0;
  for (const Effects& model : models) {
    const double effect = model.of(edge.regulator, edge.target);
    squares += (effect - edge.effect) * (effect - edge.effect);
    if ((effect > 0) == (edge.effect > 0)) agreeing += 1;
  }
  edge.sd = std::sqrt(squares / (count - 1));
  edge.sign_agreement = agreeing / count;
}

}  // namespace

std::vector<Edge> strongest_edges(const std::vector<Effects>& models, const std::vector<Index>& regulators,
                                  Index count, Executor& executor) {
  constexpr std::size_t kBlock = 64;  // regulators
  const std::size_t blocks = (regulators.size() + kBlock - 1) / kBlock;
  std::vector<std::vector<Edge>> strongest(blocks);
  executor.run(static_cast<std::ptrdiff_t>(blocks), [&](std::ptrdiff_t block) {
    std::vector<Edge>& edges = strongest[static_cast<std::size_t>(block)];
    const std::size_t begin = static_cast<std::size_t>(block) * kBlock;
    for (std::size_t r = begin; r < std::min(begin + kBlock, regulators.size()); ++r) {
      const Vector<double> effects = mean_effects_of(models, regulators[r]);
      for (Index target = 0; target < effects.size(); ++target) {
        if (target != regulators[r])
          edges.push_back({regulators[r], target, effects(target), 0, 0, kNotKnown});
      }
      keep_strongest(edges, count);
    }
  });
  std::vector<Edge> all;
  for (std::vector<Edge>& edges : strongest) {
    all.insert(all.end(), edges.begin(), edges.end());
    edges = {};
    keep_strongest(all, count);
  }
  std::sort(all.begin(), all.end(), stronger);
  for (Edge& edge : all) add_spread(models, edge);
  return all;
}

RankedNetwork ranked_network(std::span<const CellMnn> models, const MatrixView<float>& cells,
                             const Vector<double>& t, double degradation,
                             const std::vector<Index>& regulators, Index count, Executor& executor) {
  RankedNetwork network;
  for (const CellMnn& model : models) {
    network.moments.push_back(operator_moments(model, cells, t, degradation, executor));
    network.effects.push_back(mean_effects(model.gene_space, network.moments.back()));
  }
  network.edges = strongest_edges(network.effects, regulators, count, executor);
  return network;
}

void add_nulls(const GeneSpace& space, RankedNetwork& network) {
  std::vector<Index> regulators;
  for (const Edge& edge : network.edges) regulators.push_back(edge.regulator);
  std::sort(regulators.begin(), regulators.end());
  regulators.erase(std::unique(regulators.begin(), regulators.end()), regulators.end());
  const double share = 1 / static_cast<double>(network.moments.size());
  std::vector<ShuffledNull> nulls(space.genes.size(), {0, 0});  // by gene
  for (const OperatorMoments& moments : network.moments) {
    const std::vector<ShuffledNull> own = shuffled_nulls(space, moments, regulators);
    for (std::size_t r = 0; r < own.size(); ++r) {
      ShuffledNull& null = nulls[static_cast<std::size_t>(regulators[r])];
      null.mean += share * own[r].mean;
      null.sd += share * own[r].sd;
    }
  }
  for (Edge& edge : network.edges) {
    const ShuffledNull& null = nulls[static_cast<std::size_t>(edge.regulator)];
    const double z = (edge.effect - null.mean) / null.sd;
    edge.null_z = std::isfinite(z) ? z : kNotKnown;
  }
}

Matrix<double> effect_rows(const std::vector<Effects>& models, const std::vector<Index>& regulators) {
  Matrix<double> rows(static_cast<Index>(regulators.size()), models.front().genes());
  for (std::size_t r = 0; r < regulators.size(); ++r) {
    rows.row(static_cast<Index>(r)) = mean_effects_of(models, regulators[r]).transpose();
  }
  return rows;
}

}  // namespace cellmnn
