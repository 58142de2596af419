#include "baselines/coupling.hpp"

#include <algorithm>

#include "cellmnn/wasserstein.hpp"
#include "transport/assignment.hpp"

namespace cellmnn {
namespace {

constexpr Index kMostAssigned = 256;  // pairs; the network simplex is faster for more

Index draw_row(const Matrix<float>& cells, Rng& rng) {
  return static_cast<Index>(rng.below(static_cast<std::uint64_t>(cells.rows())));
}

/// The target of every source in the optimal plan between as many points x (n, D) and y (n, D).
std::vector<Index> optimal_targets(const Matrix<double>& x, const Matrix<double>& y) {
  const Index n = x.rows();
  if (n <= kMostAssigned) {
    Matrix<double> cost(n, n);
    for (Index i = 0; i < n; ++i) cost.row(i) = (y.rowwise() - x.row(i)).rowwise().squaredNorm().transpose();
    return optimal_assignment(cost);
  }
  std::vector<Index> result(static_cast<std::size_t>(n));
  for (const TransportEntry& entry : optimal_transport(x, y, TransportCost::squared_euclidean).plan)
    result[static_cast<std::size_t>(entry.source)] = entry.target;
  return result;
}

/// Permutes the targets of a batch as the optimal plan says.
std::vector<CellPair> optimally_paired(const std::vector<CellPair>& pairs, const Matrix<float>& sources,
                                       const Matrix<float>& targets) {
  const std::size_t count = pairs.size();
  Matrix<double> x(count, sources.cols()), y(count, targets.cols());
  for (std::size_t i = 0; i < count; ++i) {
    x.row(static_cast<Index>(i)) = sources.row(pairs[i].source).cast<double>();
    y.row(static_cast<Index>(i)) = targets.row(pairs[i].target).cast<double>();
  }
  const std::vector<Index> partner = optimal_targets(x, y);
  std::vector<CellPair> result(count);
  for (std::size_t i = 0; i < count; ++i)
    result[i] = {pairs[i].source, pairs[static_cast<std::size_t>(partner[i])].target};
  return result;
}

}  // namespace

PairSampler::PairSampler(Coupling coupling, const Matrix<float>& sources, const Matrix<float>& targets)
    : coupling_(coupling), sources_(&sources), targets_(&targets) {
  if (coupling != Coupling::full_plan) return;
  const Transport transport =
      optimal_transport(sources.cast<double>(), targets.cast<double>(), TransportCost::squared_euclidean);
  double mass = 0;
  for (const TransportEntry& entry : transport.plan) {
    plan_.push_back({entry.source, entry.target});
    cumulative_mass_.push_back(mass += entry.mass);
  }
}

std::vector<CellPair> PairSampler::draw(Index count, Rng& rng) const {
  std::vector<CellPair> pairs;
  pairs.reserve(static_cast<std::size_t>(count));
  for (Index i = 0; i < count; ++i) {
    if (coupling_ == Coupling::full_plan) {
      const double mass = rng.uniform() * cumulative_mass_.back();
      const auto entry = std::lower_bound(cumulative_mass_.begin(), cumulative_mass_.end(), mass);
      pairs.push_back(plan_[static_cast<std::size_t>(entry - cumulative_mass_.begin())]);
    } else {
      const Index source = draw_row(*sources_, rng);
      pairs.push_back({source, draw_row(*targets_, rng)});
    }
  }
  return coupling_ == Coupling::batch_plan ? optimally_paired(pairs, *sources_, *targets_) : pairs;
}

}  // namespace cellmnn
