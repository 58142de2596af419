#include "cellmnn/composition.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/subset.hpp"
#include "cellmnn/label_shares.hpp"

namespace cellmnn {
namespace {

constexpr Index kNeighbours = 10;
constexpr Index kMostPoints = 20'000;  // and training cells
constexpr std::uint64_t kSeed = 0;     // the same ones for every method
constexpr Index kBlock = 64;           // points

/// Cells whose type is known.
struct TypedCells {
  Matrix<double> cells;  // (N, D) in the metric space
  std::vector<int> types;
};

TypedCells training_cells(const PredictionTask& task) {
  std::vector<std::pair<std::size_t, Index>> typed;  // snapshot, row
  const std::vector<Snapshot>& snapshots = task.training.snapshots;
  for (std::size_t s = 0; s < snapshots.size(); ++s) {
    for (std::size_t i = 0; i < snapshots[s].types.size(); ++i)
      if (snapshots[s].types[i] >= 0) typed.emplace_back(s, static_cast<Index>(i));
  }
  const std::vector<Index> kept = random_subset(std::ssize(typed), kMostPoints, kSeed, 0);
  Matrix<float> cells(std::ssize(kept), task.training.dims());
  TypedCells result;
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const auto [s, row] = typed[static_cast<std::size_t>(kept[k])];
    cells.row(static_cast<Index>(k)) = snapshots[s].cells.row(row);
    result.types.push_back(snapshots[s].types[static_cast<std::size_t>(row)]);
  }
  result.cells = task.metric(cells);
  return result;
}

/// (n, types) in equal parts those of the neighbours of each point (n, D). Of equal distances the first
/// cells.
Matrix<double> types_nearby(const Matrix<double>& points, const TypedCells& known, Index types,
                            Executor& executor) {
  const Matrix<double> by_dim = known.cells.transpose();
  const auto cells = std::ssize(known.types);
  const Index count = std::min(kNeighbours, cells);
  Matrix<double> nearby = Matrix<double>::Zero(points.rows(), types);
  executor.run((points.rows() + kBlock - 1) / kBlock, [&](std::ptrdiff_t block) {
    std::vector<std::pair<double, Index>> order(static_cast<std::size_t>(cells));
    Eigen::Array<double, 1, Eigen::Dynamic> distances(cells);
    const Index end = std::min(points.rows(), (block + 1) * kBlock);
    for (Index i = block * kBlock; i < end; ++i) {
      distances.setZero();
      for (Index d = 0; d < by_dim.rows(); ++d) distances += (by_dim.row(d).array() - points(i, d)).square();
      for (Index j = 0; j < cells; ++j) order[static_cast<std::size_t>(j)] = {distances(j), j};
      std::nth_element(order.begin(), order.begin() + (count - 1), order.end());
      for (Index k = 0; k < count; ++k) {
        const auto cell = static_cast<std::size_t>(order[static_cast<std::size_t>(k)].second);
        nearby(i, known.types[cell]) += 1 / static_cast<double>(count);
      }
    }
  });
  return nearby;
}

}  // namespace

Composition composition_of(const Snapshot& snapshot, Index types, const std::vector<Index>& rows) {
  Composition composition;
  const auto take = [&](const auto& cells, const std::vector<int>& labels) {
    composition.mean = cells.template cast<double>().colwise().mean().transpose();
    if (labels.empty()) return;
    const Vector<double> shares = label_shares(labels, types);
    if (shares.sum() > 0) composition.shares = shares;
  };
  if (rows.empty()) {
    take(snapshot.cells, snapshot.types);
    return composition;
  }
  std::vector<int> labels;
  for (const Index row : rows)
    if (!snapshot.types.empty()) labels.push_back(snapshot.types[static_cast<std::size_t>(row)]);
  take(snapshot.cells(rows, Eigen::all), labels);
  return composition;
}

Composition composition_of(const PointCloud& cloud, const PredictionTask& task, Executor& executor) {
  Composition composition;
  const Vector<double> centre = cloud.points.transpose() * sum_one(cloud.weights, cloud.points.rows());
  composition.mean = task.metric_space.mean + task.metric_space.std.cwiseProduct(centre);
  const TypedCells known = training_cells(task);
  if (known.types.empty()) return composition;
  const PointCloud seen = at_most(cloud, kMostPoints, kSeed, 1);
  const Matrix<double> nearby =
      types_nearby(seen.points, known, std::ssize(task.training.type_names), executor);
  composition.shares = nearby.transpose() * sum_one(seen.weights, seen.points.rows());
  return composition;
}

double total_variation(const Vector<double>& shares, const Vector<double>& others) {
  return (shares - others).cwiseAbs().sum() / 2;
}

Vector<double> gene_means(const GeneSpace& genes, const Vector<double>& mean) {
  Vector<double> means = genes.loadings.cast<double>() * mean;
  if (genes.mean.size() == means.size()) means += genes.mean.cast<double>();
  return means;
}

double gene_mean_error(const GeneSpace& genes, const Vector<double>& mean, const Vector<double>& other) {
  const Vector<double> difference = genes.loadings.cast<double>() * (mean - other);
  return std::sqrt(difference.squaredNorm() / static_cast<double>(difference.size()));
}

}  // namespace cellmnn
