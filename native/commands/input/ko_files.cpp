#include "native/commands/input/ko_files.hpp"

#include <algorithm>
#include <map>

#include "cellmnn/error.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

std::string scale_text(ExpressionScale scale) {
  return scale == ExpressionScale::counts ? "counts" : "logarithms";
}

std::string unit_text(const std::string& unit) { return unit.empty() ? "no unit" : "the unit " + unit; }

/// Of each gene of `other` its place in `all`.
std::vector<Index> places_of(const CountsFile& all, const CountsFile& other) {
  std::map<std::string, Index> places;
  for (const std::string& gene : all.genes) places.emplace(gene, std::ssize(places));
  std::vector<Index> result;
  for (const std::string& gene : other.genes) {
    const auto found = places.find(gene);
    if (found == places.end()) {
      throw file_error(other.path,
                       "has the gene '" + gene + "', which " + all.path + " lacks: expected the same genes");
    }
    result.push_back(found->second);
    places.erase(found);
  }
  if (!places.empty()) {
    throw file_error(other.path, "lacks the gene '" + places.begin()->first + "', which " + all.path +
                                     " has: expected the same genes");
  }
  return result;
}

void add_times(const TimedCounts& other, const std::string& path, Index cells, CellsOverTime& all) {
  for (std::size_t k = 0; k < other.cells.times.size(); ++k) {
    const auto found = std::find(all.times.begin(), all.times.end(), other.cells.times[k]);
    if (found == all.times.end()) {
      throw file_error(other.counts.path, "has cells of time " + number_text(other.cells.times[k]) +
                                              ", of which " + path + " has none: expected the same times");
    }
    std::vector<Index>& rows = all.rows[static_cast<std::size_t>(found - all.times.begin())];
    for (const Index row : other.cells.rows[k]) rows.push_back(cells + row);
  }
}

/// The rows of `more` under those of `matrix`; places[g] is the column of column g.
void append_rows(const SparseMatrix& more, const std::vector<Index>& places, SparseMatrix& matrix) {
  const SparseMatrix below = sparse_matrix(more.rows, matrix.columns, [&](const auto& visit) {
    for (Index row = 0; row < more.rows; ++row) {
      more.for_row(
          row, [&](Index gene, float value) { visit(row, places[static_cast<std::size_t>(gene)], value); });
    }
  });
  const Index entries = matrix.entries();
  for (Index row = 1; row <= below.rows; ++row) matrix.starts.push_back(entries + below.start(row));
  matrix.indices.insert(matrix.indices.end(), below.indices.begin(), below.indices.end());
  matrix.values.insert(matrix.values.end(), below.values.begin(), below.values.end());
  matrix.rows += below.rows;
}

}  // namespace

KoFile parse_ko_file(const std::string& text) {
  const std::size_t end = text.find('=');
  if (end == std::string::npos || end == 0 || end + 1 == text.size())
    throw Error(ErrorCode::usage, "--ko is '" + text + "', but must be GENE=FILE");
  return {text.substr(0, end), text.substr(end + 1)};
}

void add_cells(TimedCounts& all, const TimedCounts& other) {
  const std::string& path = other.counts.path;
  if (other.scale != all.scale) {
    throw file_error(path, "holds " + scale_text(other.scale) + ", but " + all.counts.path + " " +
                               scale_text(all.scale) + ": say --values");
  }
  if (other.time_unit != all.time_unit) {
    throw file_error(path, "has times with " + unit_text(other.time_unit) + ", but " + all.counts.path +
                               " with " + unit_text(all.time_unit) + ": say --time-unit");
  }
  const std::vector<Index> places = places_of(all.counts, other.counts);
  add_times(other, all.counts.path, all.counts.values.rows, all.cells);
  append_rows(other.counts.values, places, all.counts.values);
  all.counts.cells.insert(all.counts.cells.end(), other.counts.cells.begin(), other.counts.cells.end());
  all.counts.obs.clear();
}

}  // namespace cellmnn
