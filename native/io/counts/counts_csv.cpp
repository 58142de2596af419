#include <optional>

#include "native/io/counts/counts_formats.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

/// A table of numbers whose first column names the rows. Along one of its sides there may be times.
class NumberTable {
 public:
  explicit NumberTable(const std::string& path) : path_(path), reader_(path), header_(reader_.header()) {
    for (std::size_t i = 1; i < header_.size(); ++i) {
      // A name may be missing only after a separator at the end of all lines.
      if (i + 1 == header_.size() && header_[i].empty() && last_is_blank()) break;
      columns_.push_back(i);
    }
  }

  /// The columns of numbers, in the order of the file.
  const std::vector<std::size_t>& columns() const { return columns_; }
  const std::string& name(std::size_t column) const { return header_[column]; }
  void leave_out(std::size_t column) { std::erase(columns_, column); }

  /// Calls row(fields) for each line after the header.
  template <typename F>
  void for_rows(const F& row) {
    std::vector<std::string> fields;
    reader_.rewind();
    reader_.next(fields);
    while (reader_.next(fields)) {
      reader_.require_fields(fields, header_.size());
      row(fields);
    }
  }

  float number(const std::vector<std::string>& fields, std::size_t column, const std::string& hint) const {
    const std::optional<double> value = parse_number(fields[column]);
    if (!value) {
      throw file_error(path_, "line " + std::to_string(reader_.line()) + ", column " +
                                  std::to_string(column + 1) + " ('" + header_[column] + "'): got '" +
                                  fields[column] + "', expected a number; " + hint);
    }
    return static_cast<float>(*value);
  }

 private:
  bool last_is_blank() {
    bool blank = true;
    for_rows(
        [&](const std::vector<std::string>& fields) { blank = blank && trimmed(fields.back()).empty(); });
    return blank;
  }

  std::string path_;
  CsvReader reader_;
  std::vector<std::string> header_;
  std::vector<std::size_t> columns_;
};

/// Columns are genes, but for the usual time columns.
CountsBlocks cells_in_rows(const std::string& path, bool has_obs) {
  NumberTable table(path);
  CountsBlocks file;
  std::vector<std::size_t> time_columns;
  for (const std::size_t i : table.columns()) {
    const std::string& name = table.name(i);
    if (parse_number(name) || is_missing(name)) {
      throw file_error(path, "line 1, column " + std::to_string(i + 1) + ": got '" + name +
                                 "', expected the name of a gene");
    }
    if (!has_obs && is_time_name(name)) time_columns.push_back(i);
  }
  for (const std::size_t i : time_columns) table.leave_out(i);
  for (const std::size_t i : table.columns()) file.genes.push_back(table.name(i));
  std::vector<std::vector<std::string>> times(time_columns.size());
  table.for_rows([&](const std::vector<std::string>& fields) {
    file.cells.push_back(fields[0]);
    for (std::size_t t = 0; t < times.size(); ++t) times[t].push_back(fields[time_columns[t]]);
  });
  for (std::size_t t = 0; t < times.size(); ++t) {
    file.obs.emplace_back(table.name(time_columns[t]), label_column(times[t]));
  }
  const auto cells = static_cast<Index>(file.cells.size()), genes = static_cast<Index>(file.genes.size());
  file.values = blocks_of(sparse_matrix(cells, genes, [&](const auto& visit) {
    Index cell = 0;
    table.for_rows([&](const std::vector<std::string>& fields) {
      Index gene = 0;
      for (const std::size_t i : table.columns()) {
        visit(cell, gene++, table.number(fields, i, "columns that are not genes belong into --obs FILE"));
      }
      ++cell;
    });
  }));
  return file;
}

/// Rows are genes, but for those with the usual names of a time.
CountsBlocks genes_in_rows(const std::string& path, bool has_obs) {
  NumberTable table(path);
  CountsBlocks file;
  const auto is_time = [&](const std::string& name) { return !has_obs && is_time_name(name); };
  for (const std::size_t i : table.columns()) file.cells.push_back(table.name(i));
  table.for_rows([&](const std::vector<std::string>& fields) {
    if (!is_time(fields[0])) {
      file.genes.push_back(fields[0]);
      return;
    }
    std::vector<std::string> times;
    for (const std::size_t i : table.columns()) times.push_back(fields[i]);
    file.obs.emplace_back(fields[0], label_column(times));
  });
  const auto cells = static_cast<Index>(file.cells.size()), genes = static_cast<Index>(file.genes.size());
  file.values = blocks_of(sparse_matrix(cells, genes, [&](const auto& visit) {
    Index gene = 0;
    table.for_rows([&](const std::vector<std::string>& fields) {
      if (is_time(fields[0])) return;
      Index cell = 0;
      for (const std::size_t i : table.columns()) {
        visit(cell++, gene, table.number(fields, i, "rows that are not genes belong into --obs FILE"));
      }
      ++gene;
    });
  }));
  return file;
}

}  // namespace

CountsBlocks read_csv_counts(const std::string& path, const CountsOptions& options) {
  const bool has_obs = !options.obs.empty();
  CountsBlocks file = options.transpose ? genes_in_rows(path, has_obs) : cells_in_rows(path, has_obs);
  file.path = path;
  file.format = "csv";
  return file;
}

}  // namespace cellmnn
