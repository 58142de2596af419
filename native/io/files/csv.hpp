/// Text tables with commas, semicolons, tabs or spaces between the fields (RFC 4180: quoted fields, "" for
/// a quote), as Excel, R and pandas write them; also compressed with gzip.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// The header of a first column with the names of the cells, even if they are numbers.
inline constexpr const char* kNamesColumn = "cell";

/// Reads a table record by record. Where the fields are not separated by commas, a number may have a
/// decimal comma; its field is given with a point.
class CsvReader {
 public:
  /// The separator is the one that the first line has most of, or that Excel's "sep=;" names.
  explicit CsvReader(const std::string& path);

  /// The fields of the next record that is not blank; false at the end of the file. Throws bad_input
  /// for a quote that is not closed.
  bool next(std::vector<std::string>& fields);

  /// The fields of the first record, without spaces around them, as many as the second record has: R leaves
  /// out the name of the first column, and lines may end with a separator. Throws bad_input if the file
  /// is empty.
  std::vector<std::string> header();

  /// Throws bad_input if the last record has not `expected` fields.
  void require_fields(const std::vector<std::string>& fields, std::size_t expected) const;

  /// Back to the first record.
  void rewind();

  /// Where the last record begins, from 1.
  Index line() const { return record_line_; }

  char separator() const { return separator_; }

 private:
  bool at_line_end() const;
  bool next_record(std::vector<std::string>& fields);
  void read_field(std::string& field);
  void find_separator();
  void find_decimal_comma();
  void give_points(std::vector<std::string>& fields) const;

  std::string path_, text_;
  char separator_ = ',';
  std::size_t begin_ = 0, at_ = 0;
  Index first_line_ = 1, line_ = 1, record_line_ = 0;
  Index decimal_comma_line_ = 0;  // of the first number with a decimal comma; 0: there is none
};

/// A field as it is written: quoted where it must be, and with an apostrophe before it where a spreadsheet
/// would run it as a formula that calls a function or a program, such as =HYPERLINK(...) or @SUM(...).
std::string csv_field(const std::string& text);

}  // namespace cellmnn
