#include "cellmnn/edge_ranking.hpp"

#include <cmath>

#include "catch.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

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
