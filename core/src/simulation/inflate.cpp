#include "cellmnn/inflate.hpp"

#include <cmath>
#include <string>

#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr int kCellBits = 40;  // of a stream; the others number the snapshot

}  // namespace

std::vector<Index> inflated_counts(const TimeCourse& data, Index cells) {
  const Index all = data.cells();
  if (cells < all || static_cast<std::int64_t>(cells) >> kCellBits > 0) {
    throw Error(ErrorCode::usage, "cells",
                " is " + std::to_string(cells) + ", but must be at least the " + std::to_string(all) +
                    " cells of the data, and below 2^" + std::to_string(kCellBits));
  }
  // Rounding the bounds between the snapshots makes the counts add up.
  std::vector<Index> counts;
  Index before = 0, begin = 0;
  for (const Snapshot& snapshot : data.snapshots) {
    before += snapshot.cells.rows();
    const double share = static_cast<double>(before) / static_cast<double>(all);
    const Index end =
        before == all ? cells : static_cast<Index>(std::llround(share * static_cast<double>(cells)));
    counts.push_back(end - begin);
    begin = end;
  }
  return counts;
}

Matrix<float> inflated_cells(const TimeCourse& data, Index snapshot, Index begin, Index count,
                             std::uint64_t seed) {
  const Matrix<float>& from = data.snapshots[static_cast<std::size_t>(snapshot)].cells;
  Matrix<float> cells(count, from.cols());
  for (Index i = 0; i < count; ++i) {
    Rng rng(seed,
            (static_cast<std::uint64_t>(snapshot) << kCellBits) + static_cast<std::uint64_t>(begin + i));
    const auto row = static_cast<Index>(rng.below(static_cast<std::uint64_t>(from.rows())));
    for (Index d = 0; d < from.cols(); ++d) {
      cells(i, d) = static_cast<float>(static_cast<double>(from(row, d)) + kInflationNoise * rng.normal());
    }
  }
  return cells;
}

}  // namespace cellmnn
