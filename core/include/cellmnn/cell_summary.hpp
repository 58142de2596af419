/// What is asked of cells before they are used, gathered while they come by.
#pragma once

#include <map>
#include <utility>

#include "cellmnn/time_course.hpp"

namespace cellmnn {

/// Standard deviations from the mean of training: at most 1 in 36 cells of any data is so far out.
inline constexpr double kFarFromTraining = 6;

/// Values that are not finite, and where the first one is.
struct NotFinite {
  Index values = 0;
  Index cell = 0, dim = 0;
  float first = 0;
};

/// Throws bad_input with the number of values and the first one, unless there are none among the `size`
/// values of the snapshot.
void refuse_not_finite(const Snapshot& snapshot, Index size, const NotFinite& found);

/// The same bits whatever the blocks, as long as cells of one time come in one order.
class CellSummary {
 public:
  struct AtTime {
    Index cells = 0;
    Vector<double> sum;  ///< (D)
    NotFinite not_finite;
  };

  explicit CellSummary(LatentSpace latent) : latent_(std::move(latent)) {}
  CellSummary(LatentSpace latent, const TimeCourse& data);

  /// Cells (N, D) measured at times (N).
  void add(const MatrixView<float>& cells, const VectorView<double>& times);

  Index cells() const { return cells_; }
  const std::map<double, AtTime>& at_times() const { return at_times_; }

  /// (D) the box that the cells span.
  const Vector<float>& low() const { return low_; }
  const Vector<float>& high() const { return high_; }

  /// (D) how many cells are further than kFarFromTraining from the mean of the training cells.
  const Vector<double>& far() const { return far_; }

  /// Whether all are whole numbers, none below 0 and some of them large.
  bool look_like_counts() const { return are_whole_ && high_.size() > 0 && high_.maxCoeff() > 50; }

 private:
  void start(Index dims);
  void add(const float* cell, AtTime& there);

  LatentSpace latent_;
  Index cells_ = 0;
  std::map<double, AtTime> at_times_;
  Vector<float> low_, high_;
  Vector<double> far_;
  bool are_whole_ = true;
};

}  // namespace cellmnn
