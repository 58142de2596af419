/// A text table by its columns, as other commands of the program wrote it.
#pragma once

#include <string>
#include <vector>

namespace cellmnn {

class ColumnTable {
 public:
  /// Throws bad_input for a file without rows, or rows of unequal length.
  explicit ColumnTable(const std::string& path);

  std::size_t rows() const { return columns_.front().size(); }
  bool has(const std::string& column) const;

  /// Throws bad_input for a column that is not there, with `maker`, who writes such files.
  const std::vector<std::string>& texts(const std::string& column, const std::string& maker) const;

  /// The same as numbers; NaN for an empty field. Throws bad_input for anything else.
  std::vector<double> numbers(const std::string& column, const std::string& maker) const;

 private:
  std::string path_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> columns_;
};

}  // namespace cellmnn
