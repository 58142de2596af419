#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

/// Which columns are what: the first names the cells, the usual time columns are obs, all others genes.
struct Columns {
  std::vector<std::string> header;
  std::vector<std::size_t> genes, times;
};

Columns columns_of(const std::string& path, bool has_obs) {
  Columns columns;
  CsvReader reader(path);
  if (!reader.next(columns.header)) throw file_error(path, "is empty, expected a header line");
  for (std::size_t i = 1; i < columns.header.size(); ++i) {
    std::string& name = columns.header[i];
    name = std::string(trimmed(name));
    if (parse_number(name) || is_missing(name)) {
      throw file_error(path, "line 1, column " + std::to_string(i + 1) + ": got '" + name +
                                 "', expected the name of a gene");
    }
    (!has_obs && is_time_name(name) ? columns.times : columns.genes).push_back(i);
  }
  return columns;
}

/// Calls cell(fields) for each cell.
template <typename F>
void for_cells(const std::string& path, const Columns& columns, const F& cell) {
  CsvReader reader(path);
  std::vector<std::string> fields;
  reader.next(fields);
  while (reader.next(fields)) {
    if (fields.size() != columns.header.size()) {
      throw file_error(path, "line " + std::to_string(reader.line()) + " has " +
                                 std::to_string(fields.size()) + " fields where the header has " +
                                 std::to_string(columns.header.size()));
    }
    cell(fields, reader.line());
  }
}

}  // namespace

CountsFile read_csv_counts(const std::string& path, const CountsOptions& options) {
  const Columns columns = columns_of(path, !options.obs.empty());
  CountsFile file;
  file.path = path;
  file.format = "csv";
  for (const std::size_t i : columns.genes) file.genes.push_back(columns.header[i]);
  std::vector<std::vector<std::string>> times(columns.times.size());
  for_cells(path, columns, [&](const std::vector<std::string>& fields, Index) {
    file.cells.push_back(fields[0]);
    for (std::size_t t = 0; t < times.size(); ++t) times[t].push_back(fields[columns.times[t]]);
  });
  for (std::size_t t = 0; t < times.size(); ++t) {
    file.obs.emplace_back(columns.header[columns.times[t]], label_column(times[t]));
  }

  const auto genes = static_cast<Index>(columns.genes.size());
  file.values = sparse_matrix(static_cast<Index>(file.cells.size()), genes, [&](const auto& visit) {
    Index cell = 0;
    for_cells(path, columns, [&](const std::vector<std::string>& fields, Index line) {
      for (Index g = 0; g < genes; ++g) {
        const std::size_t i = columns.genes[static_cast<std::size_t>(g)];
        const std::optional<double> value = parse_number(fields[i]);
        if (!value) {
          throw file_error(path,
                           "line " + std::to_string(line) + ", column " + std::to_string(i + 1) + " ('" +
                               columns.header[i] + "'): got '" + fields[i] +
                               "', expected a number; columns that are not genes belong into --obs FILE");
        }
        visit(cell, g, static_cast<float>(*value));
      }
      ++cell;
    });
  });
  return file;
}

}  // namespace cellmnn
