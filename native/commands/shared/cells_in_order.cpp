#include "native/commands/shared/cells_in_order.hpp"

#include <algorithm>

namespace cellmnn {

CellsInOrder cells_in_order(const DataFile& file, std::optional<double> from) {
  struct Place {
    Index row;
    std::size_t snapshot;
    Index cell;
  };
  std::vector<Place> places;
  const auto& snapshots = file.data.snapshots;
  const std::size_t only = from ? static_cast<std::size_t>(snapshot_at(file.data, *from)) : 0;
  for (std::size_t k = 0; k < snapshots.size(); ++k) {
    if (from && k != only) continue;
    for (std::size_t i = 0; i < file.rows[k].size(); ++i)
      places.push_back({file.rows[k][i], k, static_cast<Index>(i)});
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.row < b.row; });

  const auto count = static_cast<Index>(places.size());
  CellsInOrder cells{{}, Matrix<float>(count, file.data.dims()), Vector<double>(count)};
  for (Index i = 0; i < count; ++i) {
    const Place& place = places[static_cast<std::size_t>(i)];
    cells.rows.push_back(place.row);
    cells.positions.row(i) = snapshots[place.snapshot].cells.row(place.cell);
    cells.times(i) = snapshots[place.snapshot].time;
  }
  return cells;
}

}  // namespace cellmnn
