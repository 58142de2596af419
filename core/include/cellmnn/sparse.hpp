/// Sparse matrices of cells x genes, as counts are stored.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Compressed rows (csr): 8 bytes an entry.
struct SparseMatrix {
  Index rows = 0, columns = 0;
  std::vector<Index> starts;          ///< (rows + 1) row i is the entries starts[i] to starts[i + 1]
  std::vector<std::int32_t> indices;  ///< the column of each entry, ascending in a row
  std::vector<float> values;          ///< not 0

  Index start(Index row) const { return starts[static_cast<std::size_t>(row)]; }
  Index entries() const { return static_cast<Index>(values.size()); }

  /// Calls f(column, value) for the entries of a row.
  template <typename F>
  void for_row(Index row, const F& f) const {
    for (auto k = static_cast<std::size_t>(start(row)); k < static_cast<std::size_t>(start(row + 1)); ++k) {
      f(static_cast<Index>(indices[k]), values[k]);
    }
  }
};

/// Fills a matrix whose entries come in any order, in two passes: first all are counted, then all are
/// placed. So it is never in memory twice.
class SparseBuilder {
 public:
  SparseBuilder(Index rows, Index columns);

  void count(Index row, float value) {
    if (value != 0) ++matrix_.starts[static_cast<std::size_t>(row) + 1];
  }
  void end_of_counting();
  void place(Index row, Index column, float value) {
    if (value == 0) return;
    const auto k = static_cast<std::size_t>(next_[static_cast<std::size_t>(row)]++);
    matrix_.indices[k] = static_cast<std::int32_t>(column);
    matrix_.values[k] = value;
  }

  /// Sorts the rows. Throws bad_input if a row has two entries in one column.
  SparseMatrix finish();

 private:
  SparseMatrix matrix_;
  std::vector<Index> next_;
};

/// The matrix of the entries that pass(visit) gives to visit(row, column, value), twice.
template <typename Pass>
SparseMatrix sparse_matrix(Index rows, Index columns, const Pass& pass) {
  SparseBuilder builder(rows, columns);
  pass([&](Index row, Index, float value) { builder.count(row, value); });
  builder.end_of_counting();
  pass([&](Index row, Index column, float value) { builder.place(row, column, value); });
  return builder.finish();
}

/// A copy of the rows from `begin` to `end`, not included.
SparseMatrix rows_between(const SparseMatrix& matrix, Index begin, Index end);

/// A copy of the chosen columns; `chosen` has a flag for each.
SparseMatrix columns_of(const SparseMatrix& matrix, const std::vector<bool>& chosen);

/// Whether all rows ascend within the columns and have no entry of 0.
bool is_tidy(const SparseMatrix& matrix);

/// Removes entries of 0 and sorts the rows. Throws bad_input if one has two values in a column, with its
/// number, of which that of the first row is `first_row`.
void tidy_rows(SparseMatrix& matrix, Index first_row);

/// Column j becomes targets[j], or is left out for -1: in place, for `columns` columns.
void move_columns(SparseMatrix& matrix, const std::vector<std::int32_t>& targets, Index columns);

/// Removes, in place, the rows and columns without a flag.
void keep(SparseMatrix& matrix, const std::vector<bool>& rows, const std::vector<bool>& columns);

/// The most blocks of for_cell_blocks().
inline constexpr Index kCellBlocks = 64;

/// Calls f(begin, end, block) for blocks of 0 ... cells - 1 that do not depend on the number of threads.
template <typename F>
void for_cell_blocks(Index cells, Executor& executor, const F& f) {
  constexpr Index kLeastCells = 128;
  const Index blocks = std::clamp<Index>(cells / kLeastCells, 1, kCellBlocks);
  executor.run(blocks, [&](std::ptrdiff_t b) {
    const auto block = static_cast<Index>(b);
    f(cells * block / blocks, cells * (block + 1) / blocks, block);
  });
}

}  // namespace cellmnn
