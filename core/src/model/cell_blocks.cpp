#include "cellmnn/cell_blocks.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "lanes/blocks.hpp"

namespace cellmnn {
namespace {

template <typename Wanted>
CellBlock chosen(const CellBlock& block, const Wanted& wanted) {
  std::vector<Index> places;
  CellBlock result;
  for (Index i = 0; i < block.cells(); ++i) {
    if (!wanted(i)) continue;
    places.push_back(i);
    result.rows.push_back(block.rows[static_cast<std::size_t>(i)]);
  }
  result.positions = block.positions(places, Eigen::all);
  result.times = block.times(places);
  return result;
}

}  // namespace

CellBlock cells_in(const CellBlock& block, RowRange rows) {
  return chosen(block, [&](Index i) { return rows.has(block.rows[static_cast<std::size_t>(i)]); });
}

CellBlock cells_at(const CellBlock& block, double time) {
  return chosen(block, [&](Index i) { return block.times(i) == time; });
}

Companions::Companions(const std::map<double, Index>& cells_at, RowRange rows, Index block_rows)
    : rows_(rows), block_rows_(block_rows) {
  for (const auto& [time, cells] : cells_at) pending_[time] = {{{}, {}, time}, cells};
}

/// -1 before the rows, and one more than the last after them.
Index Companions::block_of(Index row) const {
  if (row < rows_.begin) return -1;
  if (row >= rows_.end) return rows_.size() / block_rows_ + 1;
  return (row - rows_.begin) / block_rows_;
}

void Companions::look_at(const CellBlock& block) {
  for (Index i = 0; i < block.cells(); ++i) {
    Pending& pending = pending_.at(block.times(i));
    Group& group = pending.group;
    if (group.positions.rows() == 0) group.positions.resize(kBlockCells, block.positions.cols());
    group.positions.row(static_cast<Index>(group.rows.size())) = block.positions.row(i);
    group.rows.push_back(block.rows[static_cast<std::size_t>(i)]);
    --pending.left;
    if (std::ssize(group.rows) < kBlockCells && pending.left > 0) continue;
    if (block_of(group.rows.front()) != block_of(group.rows.back())) keep(group);
    group.rows.clear();
  }
}

void Companions::keep(const Group& group) {
  for (const Index row : group.rows) kept_at_[row] = kept_.size();
  kept_.push_back({group.rows, group.positions.topRows(std::ssize(group.rows)), group.time});
}

CellBlock Companions::with_companions(const CellBlock& block) const {
  if (block.rows.empty()) return block;
  struct Place {
    Index row, index;
    const Group* group;  // null: of the block
  };
  std::vector<Place> places;
  std::set<std::size_t> groups;
  const auto end = kept_at_.upper_bound(block.rows.back());
  for (auto kept = kept_at_.lower_bound(block.rows.front()); kept != end; ++kept) groups.insert(kept->second);
  for (Index i = 0; i < block.cells(); ++i)
    places.push_back({block.rows[static_cast<std::size_t>(i)], i, nullptr});
  for (const std::size_t each : groups) {
    const Group& group = kept_[each];
    for (Index i = 0; i < std::ssize(group.rows); ++i) {
      const Index row = group.rows[static_cast<std::size_t>(i)];
      const bool is_there = std::binary_search(block.rows.begin(), block.rows.end(), row);
      if (!is_there) places.push_back({row, i, &group});
    }
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.row < b.row; });
  const auto count = std::ssize(places);
  CellBlock result{{}, Matrix<float>(count, block.positions.cols()), Vector<double>(count)};
  for (Index i = 0; i < count; ++i) {
    const Place& place = places[static_cast<std::size_t>(i)];
    const bool is_own = place.group == nullptr;
    result.rows.push_back(place.row);
    result.positions.row(i) =
        is_own ? block.positions.row(place.index) : place.group->positions.row(place.index);
    result.times(i) = is_own ? block.times(place.index) : place.group->time;
  }
  return result;
}

}  // namespace cellmnn
