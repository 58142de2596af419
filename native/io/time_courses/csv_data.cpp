#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/column_names.hpp"
#include "native/io/time_courses/coordinate_columns.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/gene_matrix.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

/// A column while it is read.
struct Column {
  ColumnFacts facts;
  bool keeps_texts = false;        // the time, and names of cells
  std::vector<std::string> texts;  // (N) if they are kept
  std::vector<float> numbers;      // (N) if it may be a coordinate; NaN where there is none
  Index first_row = -1;            // the number of the first row: 0 or 1 where rows are counted
  Index text_line = 0;             // of the first text
  std::string text;                // the first text
};

class CsvTable {
 public:
  CsvTable(const std::string& path, const DataOptions& options)
      : path_(path), options_(options), reader_(path), header_(reader_.header()) {
    if (header_.size() < 2) {
      throw file_error(path_, "line 1 has one column only, expected names with commas or tabs between them");
    }
    for (std::size_t i = 0; i < header_.size(); ++i) {
      Column column;
      column.facts.name = header_[i];
      column.facts.is_time = is_time_name(header_[i]) || header_[i] == options_.time_key;
      column.keeps_texts = column.facts.is_time || i == 0 || is_index_name(header_[i]);
      columns_.push_back(std::move(column));
    }
    read_rows();
    check_header();
    choose();
  }

  DataFile file() const;

 private:
  void read_rows();
  void read_field(const std::string& field, Column& column);
  void check_header() const;
  void choose();
  void check_coordinates(DataFile& file) const;
  LabelColumn read_labels(const std::string& name) const;

  std::string path_;
  const DataOptions& options_;
  CsvReader reader_;
  std::vector<std::string> header_;
  std::vector<Column> columns_;
  Index rows_ = 0;
  ColumnChoice choice_;
  std::vector<std::size_t> all_coordinates_;  // in the file; choice_ has those that are read
};

void CsvTable::read_rows() {
  std::vector<std::string> fields;
  reader_.rewind();
  reader_.next(fields);
  while (reader_.next(fields)) {
    reader_.require_fields(fields, header_.size());
    for (std::size_t i = 0; i < header_.size(); ++i) read_field(fields[i], columns_[i]);
    ++rows_;
  }
  if (rows_ == 0) throw file_error(path_, "has a header line and no cells");
  for (Column& column : columns_) {
    ColumnFacts& facts = column.facts;
    facts.counts_rows = facts.numbers == rows_ && column.first_row >= 0;
  }
}

void CsvTable::read_field(const std::string& field, Column& column) {
  if (column.keeps_texts) column.texts.push_back(field);
  if (column.facts.is_time) return;
  float value = std::numeric_limits<float>::quiet_NaN();
  if (!is_missing(field)) {
    if (const std::optional<double> number = parse_number(field)) {
      value = static_cast<float>(*number);
      ++column.facts.numbers;
      if (rows_ == 0 && (*number == 0 || *number == 1)) column.first_row = static_cast<Index>(*number);
      if (*number != static_cast<double>(column.first_row + rows_)) column.first_row = -1;
    } else if (column.facts.texts++ == 0) {
      column.text_line = reader_.line();
      column.text = field;
    }
  }
  column.numbers.push_back(value);
}

void CsvTable::check_header() const {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (header_[i].empty() && columns_[i].facts.is_blank()) continue;  // after a last separator
    if (!seen.insert(header_[i]).second) {
      throw file_error(
          path_, "line 1, column " + std::to_string(i + 1) + ": the name '" + header_[i] + "' comes twice");
    }
  }
}

void CsvTable::choose() {
  std::vector<ColumnFacts> facts;
  for (const Column& column : columns_) facts.push_back(column.facts);
  choice_ = choose_columns(facts, options_.embedding_key);
  std::vector<std::size_t>& coordinates = choice_.coordinates;
  if (options_.embedding_key && coordinates.empty()) {
    throw file_error(path_, "there is no column '" + *options_.embedding_key +
                                "_1' (--embedding-key): the columns are " + quoted_list(header_));
  }
  all_coordinates_ = coordinates;
  const std::string what = choice_.array.empty() ? "table" : "columns '" + choice_.array + "...'";
  coordinates.resize(static_cast<std::size_t>(
      dims_to_read(options_, path_, what, static_cast<Index>(all_coordinates_.size()))));
  for (const std::size_t i : coordinates) {
    const Column& column = columns_[i];
    if (column.facts.texts == 0) continue;
    throw file_error(path_, "line " + std::to_string(column.text_line) + ", column " + std::to_string(i + 1) +
                                " ('" + header_[i] + "'): got '" + column.text + "', expected a number");
  }
}

/// Columns that were not asked for are not genes.
void CsvTable::check_coordinates(DataFile& file) const {
  if (!choice_.array.empty() || options_.dims) return;
  std::vector<std::string> names;
  for (const std::size_t i : all_coordinates_) names.push_back(header_[i]);
  const std::vector<NumberedArray> arrays = numbered_arrays(names);
  const bool one_array = arrays.size() == 1 && arrays[0].columns.size() == names.size();
  const std::string why = why_genes(names, one_array ? 0 : static_cast<Index>(names.size()));
  if (!why.empty()) refuse_genes(options_, "the columns", why, file);
}

LabelColumn CsvTable::read_labels(const std::string& name) const {
  const auto column =
      std::find_if(columns_.begin(), columns_.end(), [&](const Column& c) { return c.facts.name == name; });
  return label_column(column->texts);
}

DataFile CsvTable::file() const {
  DataFile file;
  file.path = path_;
  file.format = "csv";
  file.embedding_key = choice_.array;
  file.available_dims = static_cast<Index>(all_coordinates_.size());
  file.warnings = choice_.notes;
  check_coordinates(file);
  if (choice_.names) file.names = columns_[*choice_.names].texts;
  for (const std::size_t i : choice_.coordinates) file.columns.push_back(header_[i]);
  TimeCandidates candidates{path_, "column", header_,
                            [&](const std::string& name) { return read_labels(name); }};
  const TimeColumn time = find_time_column(candidates, options_);
  sort_into_snapshots(time, read_labels(time.key), file);
  const auto dims = static_cast<Index>(choice_.coordinates.size());
  std::size_t row = 0;
  for (float* target : row_targets(file, &Snapshot::cells, dims)) {
    for (const std::size_t i : choice_.coordinates) *target++ = columns_[i].numbers[row];
    ++row;
  }
  return file;
}

}  // namespace

std::unique_ptr<CellSource> open_csv(const std::string& path, const DataOptions& options) {
  return loaded_cells(CsvTable(path, options).file());
}

}  // namespace cellmnn
