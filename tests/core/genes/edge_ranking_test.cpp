#include "cellmnn/edge_ranking.hpp"

#include <cmath>

#include "catch.hpp"
#include "gene_model.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

Effects random_effects(Index genes, unsigned seed) {
  return {random_matrix(genes, 3, seed), random_matrix(genes, 3, seed + 100)};
}

}  // namespace

TEST_CASE("the strongest edges are those of the whole matrix, in order", "[edge_ranking]") {
  SerialExecutor executor;
  const std::vector<Effects> models = {random_effects(150, 1)};
  std::vector<Index> regulators;
  for (Index g = 0; g < 150; g += 1) regulators.push_back(g);
  const std::vector<Edge> edges = strongest_edges(models, regulators, 40, executor);
  REQUIRE(edges.size() == 40);

  Matrix<double> sizes = (models[0].targets * models[0].regulators.transpose()).cwiseAbs();
  sizes.diagonal().setZero();
  for (const Edge& edge : edges) {
    Index target = 0, regulator = 0;
    const double largest = sizes.maxCoeff(&target, &regulator);
    CHECK(std::abs(edge.effect) == Approx(largest));
    CHECK(edge.target == target);
    CHECK(edge.regulator == regulator);
    CHECK(std::isnan(edge.sd));
    sizes(target, regulator) = 0;
  }
  CHECK(strongest_edges(models, {3}, 1000, executor).size() == 149);
  CHECK(strongest_edges(models, {}, 10, executor).empty());
}

TEST_CASE("an ensemble has a mean, a spread and an agreement of signs", "[edge_ranking]") {
  SerialExecutor executor;
  const std::vector<Effects> models = {random_effects(6, 1), random_effects(6, 2), random_effects(6, 3)};
  for (const Edge& edge : strongest_edges(models, {0, 4}, 100, executor)) {
    Vector<double> effects(3);
    for (Index m = 0; m < 3; ++m)
      effects(m) = models[static_cast<std::size_t>(m)].of(edge.regulator, edge.target);
    CHECK(edge.effect == Approx(effects.mean()));
    CHECK(edge.sd == Approx(std::sqrt((effects.array() - effects.mean()).square().sum() / 2)));
    const double positive = (effects.array() > 0).cast<double>().sum() / 3;
    CHECK(edge.sign_agreement == Approx(edge.effect > 0 ? positive : 1 - positive));
    CHECK(effect_rows(models, {0, 4})(edge.regulator == 0 ? 0 : 1, edge.target) == Approx(edge.effect));
  }
}

TEST_CASE("a network is the mean effects of each model, with nulls that are means, too", "[edge_ranking]") {
  SerialExecutor executor;
  std::vector<CellMnn> models = {gene_model(), gene_model()};
  models[1].parameters *= 0.9F;
  const Matrix<float> cells = gene_cells(8);
  const Vector<double> t = Vector<double>::Constant(8, 3);
  RankedNetwork network = ranked_network(models, cells, t, 0.3, {1, 4}, 100, executor);
  CHECK(std::isnan(network.edges.front().null_z));
  add_nulls(models.front().gene_space, network);
  CHECK(network.edges.size() == 2 * (kGenes - 1));
  for (const Edge& edge : network.edges) {
    double effect = 0, mean = 0, sd = 0;
    for (const CellMnn& model : models) {
      const OperatorMoments moments = operator_moments(model, cells, t, 0.3, executor);
      effect += mean_effects(model.gene_space, moments).of(edge.regulator, edge.target) / 2;
      const ShuffledNull null = shuffled_nulls(model.gene_space, moments, {edge.regulator}).front();
      mean += null.mean / 2;
      sd += null.sd / 2;
    }
    CHECK(edge.effect == Approx(effect));
    CHECK(edge.null_z == Approx((effect - mean) / sd));
  }
}

TEST_CASE("the usual degradation is that of a gap between training times", "[edge_ranking]") {
  CHECK(usual_degradation({7, 2}) == Approx(2));
}
