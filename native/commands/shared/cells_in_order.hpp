/// All cells of a data file as one matrix.
#pragma once

#include <optional>
#include <vector>

#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Cells in the order of their rows in the file.
struct CellsInOrder {
  std::vector<Index> rows;
  Matrix<float> positions;  ///< (N, D)
  Vector<double> times;     ///< (N)
};

/// All cells, or those of the time `from`.
CellsInOrder cells_in_order(const DataFile& file, std::optional<double> from = std::nullopt);

}  // namespace cellmnn
