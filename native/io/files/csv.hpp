/// Text tables with commas or tabs between the fields (RFC 4180: quoted fields, "" for a quote).
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// The header of a first column with the names of the cells, even if they are numbers.
inline constexpr const char* kNamesColumn = "cell";

/// Reads a table record by record.
class CsvReader {
 public:
  /// Tabs separate the fields if the first line has more of them than commas.
  explicit CsvReader(const std::string& path);

  /// The fields of the next record that is not blank; false at the end of the file. Throws bad_input
  /// for a quote that is not closed.
  bool next(std::vector<std::string>& fields);

  /// Where the last record begins, from 1.
  Index line() const { return record_line_; }

 private:
  bool at_line_end() const;
  void read_field(std::string& field);

  std::string path_, text_;
  char separator_ = ',';
  std::size_t at_ = 0;
  Index line_ = 1, record_line_ = 0;
};

/// A field as it is written: quoted where it must be.
std::string csv_field(const std::string& text);

}  // namespace cellmnn
