#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/time_courses/data_formats.hpp"
#include "native/io/time_courses/time_column.hpp"

namespace cellmnn {
namespace {

/// The number of a field; missing values become NaN, which validate() counts.
std::optional<float> value_of(const std::string& field) {
  if (is_missing(field)) return std::numeric_limits<float>::quiet_NaN();
  const std::optional<double> number = parse_number(field);
  if (!number) return std::nullopt;
  return static_cast<float>(*number);
}

/// The columns NAME_1, NAME_2, ... as far as they go.
std::vector<std::size_t> columns_of_array(const std::vector<std::string>& header, const std::string& name) {
  std::vector<std::size_t> columns;
  for (std::size_t d = 1;; ++d) {
    const auto found = std::find(header.begin(), header.end(), name + "_" + std::to_string(d));
    if (found == header.end()) return columns;
    columns.push_back(static_cast<std::size_t>(found - header.begin()));
  }
}

class CsvTable {
 public:
  CsvTable(const std::string& path, const DataOptions& options)
      : path_(path), options_(options), reader_(path) {
    if (!reader_.next(header_)) throw file_error(path, "is empty, expected a header line");
    for (std::string& name : header_) name = std::string(trimmed(name));
    check_header();
    std::vector<std::string> fields;
    if (!next(fields)) throw file_error(path, "has a header line and no cells");
    choose_columns(fields);
    do {
      add_cell(fields);
    } while (next(fields));
  }

  DataFile file() const;

 private:
  void check_header() const;
  bool next(std::vector<std::string>& fields);
  void choose_columns(const std::vector<std::string>& first_cell);
  void add_cell(const std::vector<std::string>& fields);
  LabelColumn read_labels(const std::string& name) const;

  std::string path_;
  const DataOptions& options_;
  CsvReader reader_;
  std::vector<std::string> header_;
  bool named_ = false;                                // the first column holds the cells' names
  std::string embedding_;                             // NAME of NAME_1 ..., or empty for all numbers
  std::vector<std::size_t> features_;                 // columns that are read as coordinates
  std::size_t available_ = 0;                         // coordinates in the file
  std::vector<std::size_t> text_columns_;             // neither time nor coordinates
  std::vector<std::size_t> time_columns_;             // that could be the time
  std::vector<std::vector<std::string>> time_texts_;  // their values
  std::vector<std::string> names_;
  std::vector<float> values_;  // (N, features)
};

void CsvTable::check_header() const {
  if (header_.size() < 2) {
    throw file_error(path_, "line 1 has one column only, expected names with commas or tabs between them");
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (!seen.insert(header_[i]).second) {
      throw file_error(
          path_, "line 1, column " + std::to_string(i + 1) + ": the name '" + header_[i] + "' comes twice");
    }
  }
}

bool CsvTable::next(std::vector<std::string>& fields) {
  if (!reader_.next(fields)) return false;
  if (fields.size() != header_.size()) {
    throw file_error(path_, "line " + std::to_string(reader_.line()) + " has " +
                                std::to_string(fields.size()) + " fields where the header has " +
                                std::to_string(header_.size()));
  }
  return true;
}

void CsvTable::choose_columns(const std::vector<std::string>& first_cell) {
  std::vector<std::size_t> numeric;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const bool is_number = value_of(first_cell[i]).has_value();
    if (options_.time_key ? header_[i] == *options_.time_key : is_time_name(header_[i])) {
      time_columns_.push_back(i);
    } else if (i == 0 && (!is_number || header_[i].empty() || header_[i] == kNamesColumn)) {
      named_ = true;
    } else if (!is_number) {
      text_columns_.push_back(i);
    } else if (!is_time_name(header_[i])) {
      numeric.push_back(i);
    }
  }
  if (options_.embedding_key) {
    embedding_ = *options_.embedding_key;
    features_ = columns_of_array(header_, embedding_);
    if (features_.empty()) {
      throw file_error(path_, "there is no column '" + embedding_ +
                                  "_1' (--embedding-key): the columns are " + quoted_list(header_));
    }
  }
  for (const char* name : kEmbeddingNames) {
    if (!features_.empty()) break;
    embedding_ = name;
    features_ = columns_of_array(header_, name);
  }
  if (features_.empty()) {
    embedding_ = "";
    features_ = std::move(numeric);
  }
  available_ = features_.size();
  const std::string what = embedding_.empty() ? "table" : "columns '" + embedding_ + "_...'";
  features_.resize(
      static_cast<std::size_t>(dims_to_read(options_, path_, what, static_cast<Index>(available_))));
  time_texts_.resize(time_columns_.size());
}

void CsvTable::add_cell(const std::vector<std::string>& fields) {
  for (const std::size_t i : features_) {
    const std::optional<float> value = value_of(fields[i]);
    if (!value) {
      throw file_error(path_, "line " + std::to_string(reader_.line()) + ", column " + std::to_string(i + 1) +
                                  " ('" + header_[i] + "'): got '" + fields[i] + "', expected a number");
    }
    values_.push_back(*value);
  }
  for (std::size_t i = 0; i < time_columns_.size(); ++i) time_texts_[i].push_back(fields[time_columns_[i]]);
  if (named_) names_.push_back(fields[0]);
}

LabelColumn CsvTable::read_labels(const std::string& name) const {
  const auto column = std::find_if(time_columns_.begin(), time_columns_.end(),
                                   [&](std::size_t i) { return header_[i] == name; });
  return label_column(time_texts_[static_cast<std::size_t>(column - time_columns_.begin())]);
}

DataFile CsvTable::file() const {
  DataFile file;
  file.path = path_;
  file.format = "csv";
  file.embedding_key = embedding_;
  file.available_dims = static_cast<Index>(available_);
  file.names = names_;
  if (embedding_.empty() && !text_columns_.empty()) {
    std::vector<std::string> ignored;
    for (const std::size_t i : text_columns_) ignored.push_back(header_[i]);
    file.warnings.push_back("columns without numbers are left out: " + quoted_list(ignored));
  }
  TimeCandidates candidates{path_, "column", header_,
                            [&](const std::string& name) { return read_labels(name); }};
  sort_into_snapshots(find_time_column(candidates, options_), file);
  const auto dims = static_cast<Index>(features_.size());
  const float* row = values_.data();
  for (float* target : row_targets(file, &Snapshot::cells, dims)) {
    std::copy_n(row, dims, target);
    row += dims;
  }
  return file;
}

}  // namespace

DataFile read_csv(const std::string& path, const DataOptions& options) {
  return CsvTable(path, options).file();
}

}  // namespace cellmnn
