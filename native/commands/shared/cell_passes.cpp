#include "native/commands/shared/cell_passes.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/numpy/npy.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {
namespace {

RowRange checked(const std::optional<RowRange>& rows, const CellSource& cells) {
  if (!rows) return {0, cells.cells()};
  if (rows->end > cells.cells()) {
    throw file_error(cells.file().path, "has " + counted(cells.cells(), "cell") + ", but --rows asks for " +
                                            std::to_string(rows->begin) + ":" + std::to_string(rows->end) +
                                            " (the first is 0, the last one not included)");
  }
  return *rows;
}

}  // namespace

CellPasses::CellPasses(CellSource& cells, const LatentSpace& latent, PassOptions options)
    : cells_(cells),
      options_(options),
      rows_(checked(options_.rows, cells)),
      block_rows_(options_.block_rows > 0
                      ? options_.block_rows
                      : std::max(Index{1}, kValuesAtOnce / std::max(Index{1}, cells.dims()))),
      summary_(latent) {
  if (file().data.snapshots.empty()) validate(file().data);  // says so
  if (options_.from) {
    const Index snapshot = snapshot_at(file().data, *options_.from);
    options_.from = file().data.snapshots[static_cast<std::size_t>(snapshot)].time;
  }
  std::map<double, Index> cells_at;
  for (const TimeLabel& label : file().times) {
    if (!options_.from || label.time == *options_.from) cells_at[label.time] += label.cells;
  }
  if (options_.all_at_once) block_rows_ = cells.cells();
  const RowRange blocks = options_.all_at_once ? RowRange{0, cells.cells()} : rows_;
  companions_.emplace(cells_at, blocks, block_rows_);
  look_at_all();
  require_finite();
  if (used_ == 0)
    throw file_error(file().path, "none of its cells at the time of --from is among those of --rows");
}

CellBlock CellPasses::wanted(CellBlock block) const {
  if (options_.from) return cells_at(block, *options_.from);
  return block;
}

void CellPasses::look_at_all() {
  cells_.rewind();
  for (CellBlock block = cells_.next(block_rows_); block.cells() > 0; block = cells_.next(block_rows_)) {
    summary_.add(block.positions, block.times);
    const CellBlock chosen = wanted(std::move(block));
    companions_->look_at(chosen);
    const auto is_used = [&](Index row) { return rows_.has(row); };
    used_ += std::count_if(chosen.rows.begin(), chosen.rows.end(), is_used);
    for (const Index row : chosen.rows) last_used_ = is_used(row) ? row : last_used_;
  }
  if (!options_.longest_name) return;
  const std::vector<std::string> last_number = {std::to_string(last_used_)};
  cells_.rewind();
  for (Index row = 0; row < rows_.end; row += block_rows_) {
    const Index count = std::min(block_rows_, rows_.end - row);
    const std::vector<std::string> names = cells_.names(count);
    longest_name_ = std::max(longest_name_, longest_text(names.empty() ? last_number : names));
  }
}

void CellPasses::require_finite() const {
  for (const Snapshot& snapshot : file().data.snapshots) {
    const CellSummary::AtTime& there = summary_.at_times().at(snapshot.time);
    try {
      refuse_not_finite(snapshot, there.cells * cells_.dims(), there.not_finite);
    } catch (const Error& error) {
      throw Error(error.code(), file().path + ": " + error.what());
    }
  }
}

void CellPasses::for_each_block(const std::function<void(const UsedCells& cells)>& use) {
  cells_.rewind();
  named_ = 0;
  Index row = 0;
  const RowRange read = options_.all_at_once ? RowRange{0, cells_.cells()} : rows_;
  while (row < read.begin) row += cells_.next(std::min(block_rows_, read.begin - row)).cells();
  while (row < read.end) {
    const Index begin = row;
    CellBlock block = cells_.next(std::min(block_rows_, read.end - row));
    row += block.cells();
    UsedCells used{companions_->with_companions(wanted(std::move(block))), {}, {}};
    used.rows = {std::max(begin, rows_.begin), std::min(row, rows_.end)};
    for (Index i = 0; i < used.block.cells(); ++i) {
      if (used.rows.has(used.block.rows[static_cast<std::size_t>(i)])) used.places.push_back(i);
    }
    if (!used.places.empty()) use(used);
  }
}

std::vector<std::string> CellPasses::names(const UsedCells& cells) {
  while (named_ < cells.rows.begin) {
    const Index count = std::min(block_rows_, cells.rows.begin - named_);
    cells_.names(count);
    named_ += count;
  }
  const std::vector<std::string> all = cells_.names(cells.rows.size());
  named_ = cells.rows.end;
  std::vector<std::string> names;
  for (const Index place : cells.places) {
    const Index row = cells.block.rows[static_cast<std::size_t>(place)];
    names.push_back(all.empty() ? std::to_string(row)
                                : all[static_cast<std::size_t>(row - cells.rows.begin)]);
  }
  return names;
}

}  // namespace cellmnn
