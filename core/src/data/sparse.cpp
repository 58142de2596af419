#include "cellmnn/sparse.hpp"

#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

/// Sorts the entries of one row by their columns.
void sort_row(std::int32_t* indices, float* values, Index count) {
  if (std::is_sorted(indices, indices + count)) return;
  std::vector<std::pair<std::int32_t, float>> entries;
  for (Index k = 0; k < count; ++k) entries.emplace_back(indices[k], values[k]);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (Index k = 0; k < count; ++k) {
    std::tie(indices[k], values[k]) = entries[static_cast<std::size_t>(k)];
  }
}

/// Sorts the rows, of which the first has the number `first_row` in messages.
void sort_rows(SparseMatrix& matrix, Index first_row) {
  for (Index row = 0; row < matrix.rows; ++row) {
    const Index begin = matrix.start(row), count = matrix.start(row + 1) - begin;
    std::int32_t* indices = matrix.indices.data() + begin;
    sort_row(indices, matrix.values.data() + begin, count);
    const std::int32_t* twice = std::adjacent_find(indices, indices + count);
    if (twice != indices + count) {
      throw Error(ErrorCode::bad_input, "row " + std::to_string(first_row + row + 1) +
                                            " has two values in column " + std::to_string(*twice + 1) +
                                            ", expected one");
    }
  }
}

/// Moves entries to the column target(column, value), or removes them for -1, and the rows without a flag.
template <typename Row, typename Target>
void move_entries(SparseMatrix& matrix, const Row& kept, const Target& target) {
  std::size_t end = 0, kept_rows = 0;
  for (Index row = 0; row < matrix.rows; ++row) {
    const auto row_begin = static_cast<std::size_t>(matrix.start(row));
    const auto row_end = static_cast<std::size_t>(matrix.start(row + 1));
    if (!kept(row)) continue;
    matrix.starts[kept_rows++] = static_cast<Index>(end);  // at or before `row`
    for (std::size_t k = row_begin; k < row_end; ++k) {
      const std::int32_t to = target(matrix.indices[k], matrix.values[k]);
      if (to < 0) continue;
      matrix.indices[end] = to;
      matrix.values[end++] = matrix.values[k];
    }
  }
  matrix.rows = static_cast<Index>(kept_rows);
  matrix.starts.resize(kept_rows + 1);
  matrix.starts.back() = static_cast<Index>(end);
  matrix.indices.resize(end);
  matrix.values.resize(end);
}

bool every_row(Index) { return true; }

}  // namespace

SparseBuilder::SparseBuilder(Index rows, Index columns) {
  if (columns > std::numeric_limits<std::int32_t>::max()) {
    throw Error(ErrorCode::bad_input, "got " + std::to_string(columns) + " genes, expected fewer than 2^31");
  }
  matrix_.rows = rows;
  matrix_.columns = columns;
  matrix_.starts.assign(static_cast<std::size_t>(rows) + 1, 0);
}

void SparseBuilder::end_of_counting() {
  std::partial_sum(matrix_.starts.begin(), matrix_.starts.end(), matrix_.starts.begin());
  next_.assign(matrix_.starts.begin(), matrix_.starts.end() - 1);
  matrix_.indices.resize(static_cast<std::size_t>(matrix_.starts.back()));
  matrix_.values.resize(static_cast<std::size_t>(matrix_.starts.back()));
}

SparseMatrix SparseBuilder::finish() {
  sort_rows(matrix_, 0);
  return std::move(matrix_);
}

bool is_tidy(const SparseMatrix& matrix) {
  for (const float value : matrix.values) {
    if (value == 0) return false;
  }
  for (Index row = 0; row < matrix.rows; ++row) {
    const auto begin = static_cast<std::size_t>(matrix.start(row));
    const auto end = static_cast<std::size_t>(matrix.start(row + 1));
    if (begin == end) continue;
    bool ascends = matrix.indices[begin] >= 0 && matrix.indices[end - 1] < matrix.columns;
    for (std::size_t k = begin + 1; k < end; ++k) ascends &= matrix.indices[k - 1] < matrix.indices[k];
    if (!ascends) return false;
  }
  return true;
}

void tidy_rows(SparseMatrix& matrix, Index first_row) {
  if (std::find(matrix.values.begin(), matrix.values.end(), 0.0F) != matrix.values.end()) {
    move_entries(matrix, every_row,
                 [](std::int32_t column, float value) { return value == 0 ? -1 : column; });
  }
  sort_rows(matrix, first_row);
}

void move_columns(SparseMatrix& matrix, const std::vector<std::int32_t>& targets, Index columns) {
  move_entries(matrix, every_row,
               [&](std::int32_t column, float) { return targets[static_cast<std::size_t>(column)]; });
  matrix.columns = columns;
  sort_rows(matrix, 0);
}

SparseMatrix rows_between(const SparseMatrix& matrix, Index begin, Index end) {
  SparseMatrix rows;
  rows.rows = end - begin;
  rows.columns = matrix.columns;
  for (Index row = begin; row <= end; ++row) rows.starts.push_back(matrix.start(row) - matrix.start(begin));
  const Index first = matrix.start(begin), last = matrix.start(end);
  rows.indices.assign(matrix.indices.begin() + first, matrix.indices.begin() + last);
  rows.values.assign(matrix.values.begin() + first, matrix.values.begin() + last);
  return rows;
}

SparseMatrix columns_of(const SparseMatrix& matrix, const std::vector<bool>& chosen) {
  std::vector<Index> target(chosen.size(), -1);
  Index columns = 0;
  for (std::size_t g = 0; g < chosen.size(); ++g) {
    if (chosen[g]) target[g] = columns++;
  }
  return sparse_matrix(matrix.rows, columns, [&](const auto& visit) {
    for (Index row = 0; row < matrix.rows; ++row) {
      matrix.for_row(row, [&](Index column, float value) {
        const Index to = target[static_cast<std::size_t>(column)];
        if (to >= 0) visit(row, to, value);
      });
    }
  });
}

void keep(SparseMatrix& matrix, const std::vector<bool>& rows, const std::vector<bool>& columns) {
  std::vector<std::int32_t> target(columns.size(), -1);
  std::int32_t kept_columns = 0;
  for (std::size_t g = 0; g < columns.size(); ++g) {
    if (columns[g]) target[g] = kept_columns++;
  }
  move_entries(
      matrix, [&](Index row) { return rows[static_cast<std::size_t>(row)]; },
      [&](std::int32_t column, float) { return target[static_cast<std::size_t>(column)]; });
  matrix.columns = kept_columns;
}

}  // namespace cellmnn
