#include "fates/fate_step.hpp"

#include <algorithm>
#include <cmath>

#include "base/subset.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr Index kWhitenedDims = 5;
constexpr Index kDrawnRows = 64;  // of a block

/// `count` draws in proportion to the weights, one from each of `count` equal parts of their sum, shuffled.
std::vector<Index> spread_draws(const Eigen::RowVectorXf& weights, std::size_t count, Rng& rng) {
  std::vector<Index> draws(count);
  const double part = weights.cast<double>().sum() / static_cast<double>(count);
  double reached = static_cast<double>(weights(0));
  Index j = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const double wanted = (static_cast<double>(k) + rng.uniform()) * part;
    while (reached < wanted && j + 1 < weights.size()) reached += static_cast<double>(weights(++j));
    draws[k] = j;
  }
  for (std::size_t k = count; k > 1; --k) {
    std::swap(draws[k - 1], draws[static_cast<std::size_t>(rng.below(k))]);
  }
  return draws;
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

void require_two_snapshots(const TimeCourse& data) {
  validate(data);
  if (data.snapshots.size() < 2) {
    throw Error(ErrorCode::bad_input, "there are cells of one time only (" + text(data.snapshots[0].time) +
                                          "): fates need at least two times");
  }
}

std::vector<Matrix<float>> starts_of(const TimeCourse& data, std::size_t s, const MatrixView<float>& cells,
                                     FateStarts starts, const CellMover& mover, Executor& executor) {
  std::vector<Matrix<float>> result;
  if (!mover || starts != FateStarts::model) result.emplace_back(cells);
  if (mover && starts != FateStarts::stay) {
    result.push_back(mover(cells, data.snapshots[s].time, data.snapshots[s + 1].time, executor));
  }
  return result;
}

FateStep::FateStep(const TimeCourse& data, std::size_t s, const FateSpace& space, const FateOptions& options,
                   const CellMover& mover, Executor& executor)
    : seed_(options.seed),
      step_(s),
      later_(data.snapshots[s + 1].cells.rows()),
      seen_(random_subset(later_, options.most_later, options.seed, s)) {
  const Matrix<float> later = space.scaled(data.snapshots[s + 1].cells(seen_, Eigen::all));
  const double bandwidth = course_bandwidth(data, s, options.bandwidth);
  for (const Matrix<float>& starts :
       starts_of(data, s, data.snapshots[s].cells, options.starts, mover, executor)) {
    transitions_.emplace_back(space.scaled(starts), later, bandwidth, executor);
  }
}

FateStep FateStep::from(const FateSpace& space, const std::vector<Matrix<float>>& starts) const {
  FateStep other = *this;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    other.transitions_[i] = transitions_[i].from(space.scaled(starts[i]));
  }
  return other;
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

Matrix<float> FateStep::rows(Index begin, Index count) const {
  Matrix<float> mean = transitions_.front().rows(begin, count);
  for (std::size_t i = 1; i < transitions_.size(); ++i) mean += transitions_[i].rows(begin, count);
  return mean / static_cast<float>(transitions_.size());
}

Matrix<Index> FateStep::drawn(const Matrix<Index>& at, Executor& executor) const {
  const Index cells = transitions_.front().starts();
  std::vector<std::vector<Index>> places(static_cast<std::size_t>(cells));
  for (Index place = 0; place < at.size(); ++place) {
    places[static_cast<std::size_t>(at.data()[place])].push_back(place);
  }
  Matrix<Index> result(at.rows(), at.cols());
  executor.run((cells + kDrawnRows - 1) / kDrawnRows, [&](std::ptrdiff_t block) {
    const Index begin = block * kDrawnRows, count = std::min(kDrawnRows, cells - begin);
    const Matrix<float> weights = rows(begin, count);
    for (Index i = 0; i < count; ++i) {
      const std::vector<Index>& here = places[static_cast<std::size_t>(begin + i)];
      if (here.empty()) continue;
      Rng rng(seed_, (step_ << 32) + static_cast<std::uint64_t>(begin + i));
      const std::vector<Index> draws = spread_draws(weights.row(i), here.size(), rng);
      for (std::size_t k = 0; k < here.size(); ++k) {
        result.data()[here[k]] = seen_[static_cast<std::size_t>(draws[k])];
      }
    }
  });
  return result;
}

}  // namespace cellmnn
