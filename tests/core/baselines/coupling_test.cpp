#include "baselines/coupling.hpp"

#include <algorithm>
#include <map>

#include "catch.hpp"
#include "cellmnn/wasserstein.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

const Matrix<float> sources = random_matrix(30, 2, 1).cast<float>();
const Matrix<float> targets = random_matrix(45, 2, 2).cast<float>();

double mean_cost(const std::vector<CellPair>& pairs) {
  double sum = 0;
  for (const CellPair& pair : pairs) {
    sum += static_cast<double>((sources.row(pair.source) - targets.row(pair.target)).squaredNorm());
  }
  return sum / static_cast<double>(pairs.size());
}

std::vector<Index> drawn(const std::vector<CellPair>& pairs, Index CellPair::*side) {
  std::vector<Index> rows;
  rows.reserve(pairs.size());
  for (const CellPair& pair : pairs) rows.push_back(pair.*side);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

TEST_CASE("a batch plan pairs the very cells of an independent batch, at the least cost",
          "[coupling][flow_matching]") {
  for (const Index count : {0, 1, 50, 300}) {
    Rng rng(4), same_rng(4);
    const auto independent = PairSampler(Coupling::independent, sources, targets).draw(count, rng);
    const auto paired = PairSampler(Coupling::batch_plan, sources, targets).draw(count, same_rng);
    CHECK(drawn(paired, &CellPair::source) == drawn(independent, &CellPair::source));
    CHECK(drawn(paired, &CellPair::target) == drawn(independent, &CellPair::target));
    if (count == 0) continue;

    Matrix<double> x(count, 2), y(count, 2);
    for (Index i = 0; i < count; ++i) {
      x.row(i) = sources.row(independent[static_cast<std::size_t>(i)].source).cast<double>();
      y.row(i) = targets.row(independent[static_cast<std::size_t>(i)].target).cast<double>();
    }
    const double w2 = wasserstein2(x, y);
    CHECK(mean_cost(paired) == Approx(w2 * w2).epsilon(1e-5));
  }
}

TEST_CASE("pairs of the full plan come as often as their masses say", "[coupling][flow_matching]") {
  const Index draws = 100000;
  Rng rng(5);
  const auto pairs = PairSampler(Coupling::full_plan, sources, targets).draw(draws, rng);
  std::map<std::pair<Index, Index>, double> frequency;
  for (const CellPair& pair : pairs)
    frequency[{pair.source, pair.target}] += 1.0 / static_cast<double>(draws);
  const Transport exact =
      optimal_transport(sources.cast<double>(), targets.cast<double>(), TransportCost::squared_euclidean);
  double listed = 0;
  for (const TransportEntry& entry : exact.plan) {
    const double got = frequency[{entry.source, entry.target}];
    CHECK(got == Approx(entry.mass).margin(0.002));
    listed += got;
  }
  CHECK(listed == Approx(1));
  CHECK(mean_cost(pairs) == Approx(exact.value).epsilon(0.02));
}
