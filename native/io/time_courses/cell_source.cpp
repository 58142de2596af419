#include "native/io/time_courses/cell_source.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

/// A copy of everything else.
DataFile without_cells(DataFile& file) {
  std::vector<Matrix<float>> cells;
  for (Snapshot& snapshot : file.data.snapshots) cells.push_back(std::move(snapshot.cells));
  std::vector<std::string> names = std::exchange(file.names, {});
  std::vector<std::vector<Index>> rows = std::exchange(file.rows, {});
  DataFile result = file;
  file.names = std::move(names);
  file.rows = std::move(rows);
  for (std::size_t k = 0; k < cells.size(); ++k) file.data.snapshots[k].cells = std::move(cells[k]);
  return result;
}

/// The cells of a file that was read whole.
class LoadedCells final : public CellSource {
 public:
  explicit LoadedCells(DataFile all)
      : all_(std::move(all)), snapshot_of_(static_cast<std::size_t>(all_.data.cells())) {
    file_ = without_cells(all_);
    set_dims(all_.data.dims());
    for (std::size_t k = 0; k < all_.rows.size(); ++k) {
      for (const Index row : all_.rows[k]) snapshot_of_[static_cast<std::size_t>(row)] = k;
    }
    restart();
  }

  std::vector<std::string> names(Index count) override {
    if (all_.names.empty()) return {};
    const auto begin = all_.names.begin() + named_;
    named_ += count;
    return {begin, begin + count};
  }

  DataFile read_all() override { return std::move(all_); }

 private:
  Vector<double> next_times(Index count) override {
    Vector<double> times(count);
    for (Index i = 0; i < count; ++i)
      times(i) = all_.data.snapshots[snapshot_of_[static_cast<std::size_t>(timed_ + i)]].time;
    timed_ += count;
    return times;
  }

  Matrix<float> next_positions(Index count) override {
    Matrix<float> positions(count, dims());
    for (Index i = 0; i < count; ++i, ++placed_) {
      const std::size_t k = snapshot_of_[static_cast<std::size_t>(placed_)];
      positions.row(i) = all_.data.snapshots[k].cells.row(next_[k]++);
    }
    return positions;
  }

  void restart() override {
    named_ = timed_ = placed_ = 0;
    next_.assign(all_.rows.size(), 0);
  }

  DataFile all_;
  std::vector<std::size_t> snapshot_of_;      // each row
  std::vector<Index> next_;                   // cell of each snapshot
  Index named_ = 0, timed_ = 0, placed_ = 0;  // rows so far
};

}  // namespace

void CellSource::set_dims(Index dims) {
  for (Snapshot& snapshot : file_.data.snapshots) snapshot.cells.resize(0, dims);
}

CellBlock CellSource::next(Index count) {
  count = std::min(count, cells() - row_);
  CellBlock block;
  block.rows.resize(static_cast<std::size_t>(count));
  std::iota(block.rows.begin(), block.rows.end(), row_);
  block.times = next_times(count);
  block.positions = next_positions(count);
  row_ += count;
  return block;
}

void CellSource::rewind() {
  row_ = 0;
  restart();
}

DataFile CellSource::read_all() {
  rewind();
  DataFile all = file_;
  std::map<double, Index> cells_at, placed;
  for (const TimeLabel& label : file_.times) cells_at[label.time] += label.cells;
  for (Snapshot& snapshot : all.data.snapshots) snapshot.cells.resize(cells_at.at(snapshot.time), dims());
  const Index block_rows = std::max(Index{1}, kValuesAtOnce / std::max(Index{1}, dims()));
  for (CellBlock block = next(block_rows); block.cells() > 0; block = next(block_rows)) {
    place_rows(block.times, block.rows.front(), all);
    for (std::size_t k = 0; k < all.rows.size(); ++k) {
      Snapshot& snapshot = all.data.snapshots[k];
      if (std::ssize(all.rows[k]) > snapshot.cells.rows()) throw changed_meanwhile(all);
      for (Index& at = placed[snapshot.time]; at < std::ssize(all.rows[k]); ++at) {
        const Index row = all.rows[k][static_cast<std::size_t>(at)];
        snapshot.cells.row(at) = block.positions.row(row - block.rows.front());
      }
    }
  }
  all.names = names(cells());
  return all;
}

std::unique_ptr<CellSource> loaded_cells(DataFile file) {
  return std::make_unique<LoadedCells>(std::move(file));
}

}  // namespace cellmnn
