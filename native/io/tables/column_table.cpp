#include "native/io/tables/column_table.hpp"

#include <algorithm>
#include <cmath>

#include "cellmnn/nearest.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {

ColumnTable::ColumnTable(const std::string& path) : path_(path) {
  CsvReader reader(path);
  names_ = reader.header();
  columns_.resize(names_.size());
  for (std::vector<std::string> fields; reader.next(fields);) {
    reader.require_fields(fields, names_.size());
    for (std::size_t c = 0; c < fields.size(); ++c) columns_[c].push_back(fields[c]);
  }
  if (rows() == 0) throw file_error(path, "has a header, but no rows");
}

bool ColumnTable::has(const std::string& column) const {
  return std::find(names_.begin(), names_.end(), column) != names_.end();
}

const std::vector<std::string>& ColumnTable::texts(const std::string& column,
                                                   const std::string& maker) const {
  const auto found = std::find(names_.begin(), names_.end(), column);
  if (found == names_.end()) {
    throw file_error(path_, "has no column '" + column + "' but " + quoted_list(names_) +
                                ": expected a table of " + maker);
  }
  return columns_[static_cast<std::size_t>(found - names_.begin())];
}

std::vector<double> ColumnTable::numbers(const std::string& column, const std::string& maker) const {
  std::vector<double> numbers;
  for (const std::string& text : texts(column, maker)) {
    const std::optional<double> number = text.empty() ? std::optional<double>(NAN) : parse_number(text);
    if (!number) {
      std::string message = "has '";
      message.append(text).append("' in the column '").append(column).append("', which is no number");
      throw file_error(path_, message);
    }
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace cellmnn
