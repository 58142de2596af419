#include "eb_shaped.hpp"

#include <cmath>

#include "cellmnn/rng.hpp"

namespace cellmnn {

TimeCourse eb_shaped(Index cells, Index dims) {
  TimeCourse data;
  Rng rng(0);
  const std::vector<std::pair<double, Index>> shapes{{0, 2381}, {2, 3278}, {3, 3665}, {4, 3332}};
  const double factor = static_cast<double>(cells) / static_cast<double>(kEbCells);
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    const auto count = static_cast<Index>(std::llround(factor * static_cast<double>(shapes[k].second)));
    Snapshot snapshot{shapes[k].first, "", Matrix<float>(count, dims), {}};
    for (Index i = 0; i < snapshot.cells.size(); ++i) {
      snapshot.cells.data()[i] = static_cast<float>(rng.normal() + static_cast<double>(k));
    }
    data.snapshots.push_back(std::move(snapshot));
  }
  return data;
}

}  // namespace cellmnn
