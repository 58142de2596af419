#include "native/io/time_courses/cell_sample.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kStream = std::uint64_t{0x53414D50} << 32;  // apart from those of training

/// How many cells of each time are drawn.
std::vector<Index> shares(const std::vector<Index>& counts, Index all, Index most) {
  std::vector<Index> result;
  std::vector<std::pair<double, std::size_t>> remainders;
  Index given = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double share =
        static_cast<double>(most) * static_cast<double>(counts[k]) / static_cast<double>(all);
    result.push_back(std::max(Index{1}, static_cast<Index>(std::floor(share))));
    remainders.emplace_back(std::floor(share) - share, k);
    given += result.back();
  }
  std::sort(remainders.begin(), remainders.end());
  for (const auto& [remainder, k] : remainders) {
    if (given >= most) break;
    if (result[k] == counts[k]) continue;
    ++result[k];
    ++given;
  }
  return result;
}

/// Selection sampling (Knuth, "The Art of Computer Programming" 2, 3.4.2, algorithm S).
class Draw {
 public:
  Draw(Index wanted, Index left, std::uint64_t seed, std::size_t time)
      : wanted_(wanted), left_(left), rng_(seed, kStream + time) {}

  /// Whether the next cell is taken.
  bool next() {
    const bool taken = static_cast<Index>(rng_.below(static_cast<std::uint64_t>(left_--))) < wanted_;
    wanted_ -= taken ? 1 : 0;
    return taken;
  }

 private:
  Index wanted_, left_;
  Rng rng_;
};

}  // namespace

DataFile read_sample(CellSource& cells, Index most, std::uint64_t seed) {
  if (cells.cells() <= most) return cells.read_all();
  DataFile sample = cells.file();
  std::vector<Snapshot>& snapshots = sample.data.snapshots;
  if (most < 2 * std::ssize(snapshots)) {
    throw Error(ErrorCode::usage, "--max-cells is " + std::to_string(most) + ", but there are " +
                                      std::to_string(snapshots.size()) +
                                      " times: expected at least two cells of each");
  }
  std::map<double, std::size_t> snapshot_at;
  std::vector<Index> counts(snapshots.size(), 0);
  for (std::size_t k = 0; k < snapshots.size(); ++k) snapshot_at[snapshots[k].time] = k;
  for (const TimeLabel& label : sample.times) counts[snapshot_at.at(label.time)] += label.cells;
  const std::vector<Index> wanted = shares(counts, cells.cells(), most);
  std::vector<Draw> draws;
  sample.rows.assign(snapshots.size(), {});
  for (std::size_t k = 0; k < snapshots.size(); ++k) {
    draws.emplace_back(wanted[k], counts[k], seed, k);
    snapshots[k].cells.resize(wanted[k], cells.dims());
  }
  const Index block_rows = std::max(Index{1}, kValuesAtOnce / std::max(Index{1}, cells.dims()));
  cells.rewind();
  for (CellBlock block = cells.next(block_rows); block.cells() > 0; block = cells.next(block_rows)) {
    for (Index i = 0; i < block.cells(); ++i) {
      const std::size_t k = snapshot_at.at(block.times(i));
      if (!draws[k].next()) continue;
      snapshots[k].cells.row(std::ssize(sample.rows[k])) = block.positions.row(i);
      sample.rows[k].push_back(block.rows[static_cast<std::size_t>(i)]);
    }
  }
  sample.sample = CellSample{most, cells.cells(), seed};
  return sample;
}

}  // namespace cellmnn
