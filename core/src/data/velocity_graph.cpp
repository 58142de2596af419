#include "cellmnn/velocity_graph.hpp"

#include <algorithm>
#include <cmath>
#include <nanoflann.hpp>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "lanes/blocks.hpp"

namespace cellmnn {
namespace {

constexpr double kScale = 10;  // of cosines, as in scVelo's transition_matrix

/// The rows of a matrix, as nanoflann wants to see them.
struct Points {
  const MatrixView<float>& cells;

  std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(cells.rows()); }
  float kdtree_get_pt(std::size_t row, std::size_t column) const {
    return cells(static_cast<Index>(row), static_cast<Index>(column));
  }
  template <typename Box>
  bool kdtree_get_bbox(Box&) const {
    return false;  // nanoflann is to compute it
  }
};

using Tree =
    nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Adaptor<float, Points, double>, Points, -1, Index>;

/// v / |v|, or 0.
Eigen::RowVectorXd direction(const Eigen::RowVectorXd& v) {
  const double length = v.norm();
  return length > 0 ? Eigen::RowVectorXd(v / length) : v;
}

}  // namespace

Matrix<Index> nearest_cells(const MatrixView<float>& cells, Index count, Executor& executor) {
  if (count < 1 || count >= cells.rows()) {
    throw Error(ErrorCode::bad_input, "got a request for " + std::to_string(count) +
                                          " neighbours of each of " + std::to_string(cells.rows()) +
                                          " cells: expected at least 1 and fewer than there are cells");
  }
  if (cells.cols() == 0) throw Error(ErrorCode::bad_input, "the cells have no coordinates");
  if (!cells.allFinite()) throw Error(ErrorCode::bad_input, "the cells have values that are not finite");
  const Points points{cells};
  const Tree tree(static_cast<int>(cells.cols()), points);
  Matrix<Index> neighbors(cells.rows(), count);
  const std::vector<BlockRange> blocks = blocks_of(cells.rows());
  executor.run(static_cast<std::ptrdiff_t>(blocks.size()), [&](std::ptrdiff_t b) {
    const auto found_count = static_cast<std::size_t>(count + 1);  // with the cell itself
    std::vector<Index> found(found_count);
    std::vector<double> distances(found_count);
    const BlockRange& block = blocks[static_cast<std::size_t>(b)];
    for (Index i = block.begin; i < block.begin + block.count; ++i) {
      if (tree.knnSearch(cells.row(i).data(), found_count, found.data(), distances.data()) < found_count) {
        throw Error(ErrorCode::numerical, "the cells are too far apart for distances");
      }
      // Among cells at one place, the cell itself may not be found.
      const auto self = std::find(found.begin(), found.end() - 1, i);
      std::copy(self + 1, found.end(), self);
      std::copy_n(found.begin(), count, neighbors.row(i).data());
    }
  });
  return neighbors;
}

VelocityGraph velocity_graph(const MatrixView<float>& cells, const MatrixView<float>& velocity,
                             Index neighbors, Executor& executor) {
  VelocityGraph graph{nearest_cells(cells, neighbors, executor), Matrix<float>(cells.rows(), neighbors)};
  const std::vector<BlockRange> blocks = blocks_of(cells.rows());
  executor.run(static_cast<std::ptrdiff_t>(blocks.size()), [&](std::ptrdiff_t b) {
    const BlockRange& block = blocks[static_cast<std::size_t>(b)];
    Eigen::RowVectorXd weights(neighbors);
    for (Index i = block.begin; i < block.begin + block.count; ++i) {
      const Eigen::RowVectorXd movement = direction(velocity.row(i).cast<double>());
      for (Index k = 0; k < neighbors; ++k) {
        const auto step = cells.row(graph.neighbors(i, k)) - cells.row(i);
        weights(k) = std::exp(kScale * movement.dot(direction(step.cast<double>())));
      }
      graph.probabilities.row(i) = (weights / weights.sum()).cast<float>();
    }
  });
  return graph;
}

Matrix<float> projected_velocity(const VelocityGraph& graph, const MatrixView<float>& embedding) {
  if (embedding.rows() != graph.neighbors.rows()) {
    throw Error(ErrorCode::bad_input, "the embedding has " + std::to_string(embedding.rows()) + " rows for " +
                                          std::to_string(graph.neighbors.rows()) + " cells");
  }
  const Index count = graph.neighbors.cols();
  Matrix<float> projected(embedding.rows(), embedding.cols());
  for (Index i = 0; i < embedding.rows(); ++i) {
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(embedding.cols());
    for (Index k = 0; k < count; ++k) {
      const auto step = embedding.row(graph.neighbors(i, k)) - embedding.row(i);
      sum += (static_cast<double>(graph.probabilities(i, k)) - 1 / static_cast<double>(count)) *
             direction(step.cast<double>());
    }
    projected.row(i) = sum.cast<float>();
  }
  return projected;
}

}  // namespace cellmnn
