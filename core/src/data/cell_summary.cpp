#include "cellmnn/cell_summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cellmnn {

CellSummary::CellSummary(LatentSpace latent, const TimeCourse& data) : latent_(std::move(latent)) {
  for (const Snapshot& snapshot : data.snapshots) {
    at_times_[snapshot.time];  // though it may have no cells
    add(snapshot.cells, Vector<double>::Constant(snapshot.cells.rows(), snapshot.time));
  }
}

void CellSummary::start(Index dims) {
  low_ = Vector<float>::Constant(dims, std::numeric_limits<float>::infinity());
  high_ = -low_;
  far_ = Vector<double>::Zero(dims);
}

void CellSummary::add(const MatrixView<float>& cells, const VectorView<double>& times) {
  if (low_.size() == 0) start(cells.cols());
  cells_ += cells.rows();
  auto there = at_times_.end();
  for (Index i = 0; i < cells.rows(); ++i) {
    if (there == at_times_.end() || there->first != times(i)) there = at_times_.try_emplace(times(i)).first;
    add(cells.row(i).data(), there->second);
  }
}

void CellSummary::add(const float* cell, AtTime& there) {
  const Index dims = low_.size(), known = std::min(dims, latent_.mean.size());
  if (there.sum.size() == 0) there.sum = Vector<double>::Zero(dims);
  for (Index d = 0; d < dims; ++d) {
    const float x = cell[d];
    if (!std::isfinite(x) && there.not_finite.values++ == 0) there.not_finite = {1, there.cells, d, x};
    low_(d) = std::min(low_(d), x);
    high_(d) = std::max(high_(d), x);
    are_whole_ = are_whole_ && x >= 0 && x == std::floor(x);
    there.sum(d) += static_cast<double>(x);
    if (d >= known) continue;
    if (std::abs(static_cast<double>(x) - latent_.mean(d)) > kFarFromTraining * latent_.std(d)) ++far_(d);
  }
  ++there.cells;
}

}  // namespace cellmnn
