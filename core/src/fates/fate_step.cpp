#include "fates/fate_step.hpp"

#include <cmath>

#include "base/subset.hpp"

namespace cellmnn {
namespace {

constexpr Index kWhitenedDims = 5;

/// Each cell where the model moves it by then, in the first dimensions, the others as they are.
Matrix<float> moved(const CellMnn& model, const MatrixView<float>& cells, double from, double to,
                    Executor& executor) {
  Matrix<float> result = cells;
  const Index dims = model.config.dims;
  result.leftCols(dims) =
      model.predict_at(cells.leftCols(dims), Vector<double>::Constant(cells.rows(), from), to, executor);
  return result;
}

double course_bandwidth(const TimeCourse& data, std::size_t s, double bandwidth) {
  const std::vector<Snapshot>& all = data.snapshots;
  return bandwidth * std::sqrt((all[s + 1].time - all[s].time) / (all.back().time - all.front().time));
}

}  // namespace

FateSpace::FateSpace(const TimeCourse& data) {
  const Vector<double> std = whitening_of(data).std;
  scale_ =
      (data.dims() <= kWhitenedDims ? std : Vector<double>(std.cwiseSqrt())).cwiseInverse().cast<float>();
}

Matrix<float> FateSpace::scaled(const MatrixView<float>& cells) const { return cells * scale_.asDiagonal(); }

std::vector<Matrix<float>> starts_of(const TimeCourse& data, std::size_t s, const MatrixView<float>& cells,
                                     FateStarts starts, const CellMnn* model, Executor& executor) {
  std::vector<Matrix<float>> result;
  if (!model || starts != FateStarts::model) result.emplace_back(cells);
  if (model && starts != FateStarts::stay) {
    result.push_back(moved(*model, cells, data.snapshots[s].time, data.snapshots[s + 1].time, executor));
  }
  return result;
}

FateStep::FateStep(const TimeCourse& data, std::size_t s, const FateSpace& space, const FateOptions& options,
                   const CellMnn* model, Executor& executor)
    : later_(data.snapshots[s + 1].cells.rows()),
      seen_(random_subset(later_, options.most_later, options.seed, s)) {
  const Matrix<float> later = space.scaled(data.snapshots[s + 1].cells(seen_, Eigen::all));
  const double bandwidth = course_bandwidth(data, s, options.bandwidth);
  for (const Matrix<float>& starts :
       starts_of(data, s, data.snapshots[s].cells, options.starts, model, executor)) {
    transitions_.emplace_back(space.scaled(starts), later, bandwidth, executor);
  }
}

Matrix<double> FateStep::of_later(const Matrix<double>& values, Executor& executor) const {
  const Matrix<double> seen = values(seen_, Eigen::all);
  Matrix<double> result = transitions_.front().of_later(seen, executor);
  for (std::size_t i = 1; i < transitions_.size(); ++i) result += transitions_[i].of_later(seen, executor);
  return result / static_cast<double>(transitions_.size());
}

Matrix<double> FateStep::of_starts(const Matrix<double>& weights, Executor& executor) const {
  Matrix<double> result = Matrix<double>::Zero(later_, weights.cols());
  for (const SoftTransition& transition : transitions_) {
    result(seen_, Eigen::all) += transition.of_starts(weights, executor);
  }
  return result / static_cast<double>(transitions_.size());
}

}  // namespace cellmnn
