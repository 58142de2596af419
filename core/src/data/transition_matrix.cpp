#include <algorithm>
#include <cmath>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/velocity_graph.hpp"
#include "lanes/blocks.hpp"

namespace cellmnn {
namespace {

/// The neighbours of each cell in ascending order, each pair both ways.
std::vector<std::vector<Index>> symmetric_neighbors(const MatrixView<float>& cells,
                                                    const Matrix<Index>& nearest) {
  std::vector<std::vector<Index>> neighbors(static_cast<std::size_t>(nearest.rows()));
  for (Index i = 0; i < nearest.rows(); ++i) {
    for (const Index j : nearest.row(i)) {
      if (cells.row(i) == cells.row(j)) continue;
      neighbors[static_cast<std::size_t>(i)].push_back(j);
      neighbors[static_cast<std::size_t>(j)].push_back(i);
    }
  }
  for (std::vector<Index>& each : neighbors) {
    std::sort(each.begin(), each.end());
    each.erase(std::unique(each.begin(), each.end()), each.end());
  }
  return neighbors;
}

SparseMatrix pattern_of(const std::vector<std::vector<Index>>& neighbors) {
  SparseMatrix pattern;
  pattern.rows = pattern.columns = static_cast<Index>(neighbors.size());
  pattern.starts = {0};
  for (const std::vector<Index>& each : neighbors) {
    for (const Index j : each) pattern.indices.push_back(static_cast<std::int32_t>(j));
    pattern.starts.push_back(static_cast<Index>(pattern.indices.size()));
  }
  pattern.values.resize(pattern.indices.size());
  return pattern;
}

/// Calls f(i, j, place) for the entries of all rows, blocks of rows at a time.
template <typename F>
void for_entries(const SparseMatrix& pattern, Executor& executor, const F& f) {
  const std::vector<BlockRange> blocks = blocks_of(pattern.rows);
  executor.run(static_cast<std::ptrdiff_t>(blocks.size()), [&](std::ptrdiff_t b) {
    const BlockRange& block = blocks[static_cast<std::size_t>(b)];
    for (Index i = block.begin; i < block.begin + block.count; ++i) {
      for (Index k = pattern.start(i); k < pattern.start(i + 1); ++k) {
        const auto place = static_cast<std::size_t>(k);
        f(i, static_cast<Index>(pattern.indices[place]), place);
      }
    }
  });
}

/// Between the velocity of a cell and the step to its neighbour; 0 where the cell does not move.
std::vector<double> cosines_of(const MatrixView<float>& cells, const MatrixView<float>& velocity,
                               const SparseMatrix& distances, Executor& executor) {
  std::vector<double> cosines(distances.values.size());
  for_entries(distances, executor, [&](Index i, Index j, std::size_t place) {
    const Eigen::RowVectorXd v = velocity.row(i).cast<double>();
    const Eigen::RowVectorXd step = (cells.row(j) - cells.row(i)).cast<double>();
    const double lengths = v.norm() * step.norm();
    cosines[place] = lengths > 0 ? v.dot(step) / lengths : 0;
  });
  return cosines;
}

double usual_scale(std::vector<double> cosines) {
  for (double& cosine : cosines) cosine = std::abs(cosine);
  const auto middle = cosines.begin() + std::ssize(cosines) / 2;
  std::nth_element(cosines.begin(), middle, cosines.end());
  return *middle > 0 ? 1 / *middle : 1;
}

void set_probabilities(SparseMatrix& matrix, const std::vector<double>& cosines, double scale) {
  for (Index i = 0; i < matrix.rows; ++i) {
    const auto begin = static_cast<std::size_t>(matrix.start(i)),
               end = static_cast<std::size_t>(matrix.start(i + 1));
    double sum = 0;
    for (std::size_t k = begin; k < end; ++k) sum += std::exp(scale * cosines[k]);
    for (std::size_t k = begin; k < end; ++k)
      matrix.values[k] = static_cast<float>(std::exp(scale * cosines[k]) / sum);
  }
}

/// The distance of each cell to its k-th nearest, or that of the farthest neighbour where these are at its
/// own place.
std::vector<double> radii_of(const MatrixView<float>& cells, const Matrix<Index>& nearest,
                             const SparseMatrix& distances) {
  std::vector<double> radii;
  for (Index i = 0; i < cells.rows(); ++i) {
    double radius = (cells.row(nearest(i, nearest.cols() - 1)) - cells.row(i)).cast<double>().norm();
    if (radius == 0) {
      distances.for_row(
          i, [&](Index, float distance) { radius = std::max(radius, static_cast<double>(distance)); });
    }
    radii.push_back(radius);
  }
  return radii;
}

}  // namespace

TransitionMatrix transition_matrix(const MatrixView<float>& cells, const MatrixView<float>& velocity,
                                   Index neighbors, std::optional<double> scale, Executor& executor) {
  if (velocity.rows() != cells.rows() || velocity.cols() != cells.cols()) {
    throw Error(ErrorCode::bad_input, "cells and velocities must be of one shape");
  }
  if (!velocity.allFinite()) throw Error(ErrorCode::bad_input, "velocities have values that are not finite");
  if (scale && !(*scale >= 0 && std::isfinite(*scale))) {
    throw Error(ErrorCode::usage, "scale", " must be a finite number of 0 or more");
  }
  const Matrix<Index> nearest = nearest_cells(cells, neighbors, executor);
  const std::vector<std::vector<Index>> symmetric = symmetric_neighbors(cells, nearest);
  for (std::size_t i = 0; i < symmetric.size(); ++i) {
    if (!symmetric[i].empty()) continue;
    throw Error(ErrorCode::bad_input, "all neighbours of cell " + std::to_string(i) +
                                          " are at its own place: ask for more neighbours");
  }
  TransitionMatrix result;
  result.distances = pattern_of(symmetric);
  for_entries(result.distances, executor, [&](Index i, Index j, std::size_t place) {
    result.distances.values[place] = static_cast<float>((cells.row(j) - cells.row(i)).cast<double>().norm());
  });
  const std::vector<double> cosines = cosines_of(cells, velocity, result.distances, executor);
  result.scale = scale ? *scale : usual_scale(cosines);
  result.probabilities = result.distances;
  set_probabilities(result.probabilities, cosines, result.scale);
  const std::vector<double> radii = radii_of(cells, nearest, result.distances);
  result.connectivities = result.distances;
  for_entries(result.connectivities, executor, [&](Index i, Index j, std::size_t place) {
    const double distance = result.distances.values[place];
    const double radius = radii[static_cast<std::size_t>(i)] * radii[static_cast<std::size_t>(j)];
    result.connectivities.values[place] = static_cast<float>(std::exp(-distance * distance / radius));
  });
  return result;
}

}  // namespace cellmnn
