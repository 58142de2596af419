#include "cellmnn/future_clouds.hpp"

#include <cmath>

#include "base/near_order.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"
#include "fates/fate_step.hpp"

namespace cellmnn {
namespace {

constexpr Index kPairs = 10'000;  // of random cells, for the mean distance in a population
constexpr std::uint64_t kPairSeed = 1;

double population_distance(const Matrix<float>& cells) {
  Rng rng(kPairSeed);
  const auto any = [&] { return static_cast<Index>(rng.below(static_cast<std::uint64_t>(cells.rows()))); };
  double sum = 0;
  for (Index pair = 0; pair < kPairs; ++pair) {
    const Index a = any(), b = any();
    sum += static_cast<double>((cells.row(a) - cells.row(b)).norm());
  }
  return sum / static_cast<double>(kPairs);
}

}  // namespace

std::vector<Matrix<Index>> future_clouds(const TimeCourse& data, std::size_t from,
                                         const CloudOptions& options, const CellMover& mover,
                                         Executor& executor) {
  if (from + 1 >= data.snapshots.size()) {
    throw Error(ErrorCode::bad_input,
                "no snapshot is later than these cells: a cloud is of measured later cells");
  }
  if (options.size < 1) throw Error(ErrorCode::bad_input, "a cloud of 0 cells; expected 1 or more");
  FateOptions steps;
  steps.starts = options.starts;
  steps.most_later = options.most_later;
  steps.seed = options.seed;
  const FateSpace space(data);
  const auto places = [&](std::size_t s) { return near_order(space.scaled(data.snapshots[s].cells)); };
  Matrix<Index> at(data.snapshots[from].cells.rows(), options.size);
  at.colwise() = Vector<Index>::LinSpaced(at.rows(), 0, at.rows() - 1);
  std::vector<Matrix<Index>> clouds;
  for (std::size_t s = from; s + 1 < data.snapshots.size(); ++s) {
    steps.bandwidth = options.bandwidth * std::sqrt(static_cast<double>(s - from + 1));
    const FateStep step(data, s, space, steps, mover, executor);
    at = step.drawn(at, places(s), places(s + 1), executor);
    clouds.push_back(at);
  }
  return clouds;
}

Vector<double> known_places(const TimeCourse& data, std::size_t snapshot, const Matrix<Index>& clouds) {
  const Matrix<float> cells = whitening_of(data).whiten(data.snapshots[snapshot].cells);
  const double whole = population_distance(cells);
  const Index size = clouds.cols();
  Vector<double> known(clouds.rows());
  for (Index i = 0; i < known.size(); ++i) {
    double sum = 0;  // the order of a cloud is random, so neighbours in it are random pairs
    for (Index k = 0; k < size; ++k) {
      sum += static_cast<double>((cells.row(clouds(i, k)) - cells.row(clouds(i, (k + 1) % size))).norm());
    }
    known(i) = 1 - sum / static_cast<double>(size) / whole;
  }
  return known;
}

}  // namespace cellmnn
