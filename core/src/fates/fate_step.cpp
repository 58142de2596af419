#include "fates/fate_step.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/for_blocks.hpp"
#include "base/subset.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr Index kWhitenedDims = 5;
constexpr Index kDrawnRows = 64;  // of a block

constexpr double kGolden = 0.6180339887498949;
constexpr std::uint64_t kShuffles = std::uint64_t{1} << 63;  // their streams of random numbers

/// A place of a cloud that is to be drawn, and where in the sum of the weights: 0 to 1.
struct Draw {
  Index place;
  double at;
};

/// The draws of each cell; the clouds' cells in the order `rank`.
std::vector<std::vector<Draw>> draws_of(const Matrix<Index>& at, const std::vector<Index>& rank, Index cells,
                                        std::uint64_t seed, std::uint64_t step) {
  std::vector<std::vector<Draw>> draws(static_cast<std::size_t>(cells));
  std::vector<Index> order(static_cast<std::size_t>(at.cols()));
  for (Index i = 0; i < at.rows(); ++i) {
    const auto rank_at = [&](Index k) { return rank[static_cast<std::size_t>(at(i, k))]; };
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return rank_at(a) < rank_at(b); });
    double where = Rng(seed, (step << 32) + static_cast<std::uint64_t>(i)).uniform();
    for (const Index k : order) {
      draws[static_cast<std::size_t>(at(i, k))].push_back({i * at.cols() + k, where});
      where += kGolden;
      if (where >= 1) where -= 1;
    }
  }
  return draws;
}

void shuffle_rows(Matrix<Index>& clouds, std::uint64_t seed, std::uint64_t step) {
  for (Index i = 0; i < clouds.rows(); ++i) {
    Rng rng(seed, kShuffles + (step << 32) + static_cast<std::uint64_t>(i));
    for (Index k = clouds.cols(); k > 1; --k) {
      std::swap(clouds(i, k - 1), clouds(i, static_cast<Index>(rng.below(static_cast<std::uint64_t>(k)))));
    }
  }
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

Matrix<Index> FateStep::drawn(const Matrix<Index>& at, const std::vector<Index>& place,
                              const std::vector<Index>& later_place, Executor& executor) const {
  const Index cells = transitions_.front().starts();
  const std::vector<std::vector<Draw>> draws = draws_of(at, place, cells, seed_, step_);
  std::vector<Index> columns(seen_.size());  // near later cells side by side
  std::iota(columns.begin(), columns.end(), Index{0});
  const auto place_of = [&](Index c) {
    return later_place[static_cast<std::size_t>(seen_[static_cast<std::size_t>(c)])];
  };
  std::sort(columns.begin(), columns.end(), [&](Index a, Index b) { return place_of(a) < place_of(b); });
  Matrix<Index> result(at.rows(), at.cols());
  for_blocks(cells, kDrawnRows, executor, [&](Index begin, Index count) {
    const Matrix<float> weights = rows(begin, count);
    std::vector<double> sums(columns.size());
    for (Index i = 0; i < count; ++i) {
      const std::vector<Draw>& here = draws[static_cast<std::size_t>(begin + i)];
      if (here.empty()) continue;
      double sum = 0;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        sums[c] = sum += static_cast<double>(weights(i, columns[c]));
      }
      for (const Draw& draw : here) {
        const auto found = std::upper_bound(sums.begin(), sums.end() - 1, draw.at * sum);
        const Index column = columns[static_cast<std::size_t>(found - sums.begin())];
        result.data()[draw.place] = seen_[static_cast<std::size_t>(column)];
      }
    }
  });
  shuffle_rows(result, seed_, step_);
  return result;
}

}  // namespace cellmnn
