#include "cellmnn/end_clusters.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/subset.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"
#include "fates/fate_step.hpp"

namespace cellmnn {
namespace {

constexpr Index kStarts = 10, kRounds = 50, kSplits = 10, kMostCells = 5'000, kLeastClusterCells = 10;

struct Clustering {
  Matrix<double> centres;  ///< (K, D)
  double cost = std::numeric_limits<double>::infinity();
};

/// (N) the nearest centre of each cell, and the sum of squared distances.
std::pair<std::vector<int>, double> nearest_centres(const Matrix<double>& cells,
                                                    const Matrix<double>& centres) {
  std::vector<int> nearest;
  double cost = 0;
  for (const auto& cell : cells.rowwise()) {
    Index best = 0;
    cost += (centres.rowwise() - cell).rowwise().squaredNorm().minCoeff(&best);
    nearest.push_back(static_cast<int>(best));
  }
  return {nearest, cost};
}

/// Centres far from each other: each in proportion to the squared distance from those before.
Matrix<double> spread_centres(const Matrix<double>& cells, Index count, Rng& rng) {
  Matrix<double> centres(count, cells.cols());
  centres.row(0) = cells.row(static_cast<Index>(rng.below(static_cast<std::uint64_t>(cells.rows()))));
  Vector<double> distances = (cells.rowwise() - centres.row(0)).rowwise().squaredNorm();
  for (Index k = 1; k < count; ++k) {
    double wanted = rng.uniform() * distances.sum();
    Index i = 0;
    while (i + 1 < cells.rows() && wanted >= distances(i)) wanted -= distances(i++);
    centres.row(k) = cells.row(i);
    distances = distances.cwiseMin((cells.rowwise() - centres.row(k)).rowwise().squaredNorm());
  }
  return centres;
}

Clustering clustered(const Matrix<double>& cells, Index count, std::uint64_t seed) {
  Clustering best;
  for (Index start = 0; start < kStarts; ++start) {
    Rng rng(seed, static_cast<std::uint64_t>(start));
    Matrix<double> centres = spread_centres(cells, count, rng);
    std::vector<int> before;
    double cost = 0;
    for (Index round = 0; round < kRounds; ++round) {
      auto [nearest, now] = nearest_centres(cells, centres);
      cost = now;
      if (nearest == before) break;
      Matrix<double> sums = Matrix<double>::Zero(count, cells.cols());
      Vector<double> sizes = Vector<double>::Zero(count);
      for (std::size_t i = 0; i < nearest.size(); ++i) {
        sums.row(nearest[i]) += cells.row(static_cast<Index>(i));
        sizes(nearest[i]) += 1;
      }
      for (Index k = 0; k < count; ++k) {
        if (sizes(k) > 0) centres.row(k) = sums.row(k) / sizes(k);
      }
      before = std::move(nearest);
    }
    if (cost < best.cost) best = {centres, cost};
  }
  return best;
}

double pairs(double n) { return n * (n - 1) / 2; }

double adjusted_rand(const std::vector<int>& a, const std::vector<int>& b, Index count) {
  Matrix<double> both = Matrix<double>::Zero(count, count);
  for (std::size_t i = 0; i < a.size(); ++i) both(a[i], b[i]) += 1;
  double together = 0, in_a = 0, in_b = 0;
  for (const double n : both.reshaped()) together += pairs(n);
  for (const double n : both.rowwise().sum()) in_a += pairs(n);
  for (const double n : both.colwise().sum()) in_b += pairs(n);
  const double expected = in_a * in_b / pairs(static_cast<double>(a.size()));
  const double most = (in_a + in_b) / 2;
  return most > expected ? (together - expected) / (most - expected) : 1;
}

double stability_of(const Matrix<double>& cells, Index count, std::uint64_t seed, Executor& executor) {
  std::vector<double> agreement(static_cast<std::size_t>(kSplits));
  executor.run(kSplits, [&](std::ptrdiff_t split) {
    Rng rng(seed, 1'000 + static_cast<std::uint64_t>(split));
    const std::vector<Index> order = drawn(cells.rows(), cells.rows(), rng);
    const std::size_t half = order.size() / 2;
    const std::vector<Index> first(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(half));
    const std::vector<Index> second(order.begin() + static_cast<std::ptrdiff_t>(half), order.end());
    const auto by = [&](const std::vector<Index>& some) {
      return nearest_centres(cells, clustered(cells(some, Eigen::all), count, seed).centres).first;
    };
    agreement[static_cast<std::size_t>(split)] = adjusted_rand(by(first), by(second), count);
  });
  return std::accumulate(agreement.begin(), agreement.end(), 0.0) / static_cast<double>(kSplits);
}

/// The largest first, so that their names mean something.
std::vector<int> by_cluster_size(const std::vector<int>& clusters, Index count) {
  std::vector<Index> sizes(static_cast<std::size_t>(count)), order(sizes.size());
  for (const int k : clusters) ++sizes[static_cast<std::size_t>(k)];
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return sizes[static_cast<std::size_t>(a)] > sizes[static_cast<std::size_t>(b)];
  });
  std::vector<int> place(order.size()), result;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    place[static_cast<std::size_t>(order[rank])] = static_cast<int>(rank);
  }
  for (const int k : clusters) result.push_back(place[static_cast<std::size_t>(k)]);
  return result;
}

}  // namespace

EndClusters end_clusters(const TimeCourse& data, Index count, std::uint64_t seed, Executor& executor) {
  require_two_snapshots(data);
  const Snapshot& last = data.snapshots.back();
  const Matrix<double> cells = FateSpace(data).scaled(last.cells).cast<double>();
  if (cells.rows() < kLeastClusterCells * std::max<Index>(count, 2)) {
    throw Error(ErrorCode::bad_input, "the last time, " + text(last.time) + ", has " +
                                          std::to_string(cells.rows()) +
                                          " cells: clusters need ten cells each");
  }
  const Matrix<double> some = cells(random_subset(cells.rows(), kMostCells, seed, 0), Eigen::all);
  EndClusters result;
  const Index most = std::min(kMostClusters, some.rows() / kLeastClusterCells);
  Index chosen = count;
  for (Index k = count > 0 ? count : 2; k <= (count > 0 ? count : most); ++k) {
    const double stability = stability_of(some, k, seed, executor);
    if (stability < result.stability || (count == 0 && stability < kStableClusters)) continue;
    result.stability = stability;
    chosen = k;
  }
  if (chosen == 0) {
    throw Error(ErrorCode::bad_input, "the cells of the last time form no stable clusters (2 to " +
                                          std::to_string(most) +
                                          " were tried): give labels, or a number of clusters");
  }
  const std::vector<int> clusters =
      by_cluster_size(nearest_centres(cells, clustered(some, chosen, seed).centres).first, chosen);
  for (Index k = 1; k <= chosen; ++k) result.fates.names.push_back("end " + std::to_string(k));
  for (const Snapshot& snapshot : data.snapshots) {
    result.fates.of_cells.emplace_back(static_cast<std::size_t>(snapshot.cells.rows()), -1);
  }
  result.fates.of_cells.back() = clusters;
  return result;
}

}  // namespace cellmnn
