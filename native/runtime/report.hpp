/// Numbers and tables for people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cellmnn {

/// 16819 -> "16,819".
std::string grouped(std::int64_t value);

/// With `digits` digits after the point; "-" for a value that is not finite.
std::string fixed(double value, int digits);

/// 0.42 -> "0.42 s", 12.34 -> "12.3 s", 75 -> "1 min 15 s", 4000 -> "1 h 06 min".
std::string duration(double seconds);

/// "1 cell", "2 cells", "16,819 cells".
std::string counted(std::int64_t count, const std::string& singular);

/// Columns padded to the same width: text to the left, numbers to the right.
class Table {
 public:
  explicit Table(std::vector<std::string> header);

  /// As many cells as the header has.
  void add(std::vector<std::string> row);

  /// One line a row, each begun with `indent` spaces and ended with a newline.
  std::string text(int indent = 2) const;

  /// The same as a Markdown table.
  std::string markdown() const;

 private:
  std::vector<std::vector<std::string>> rows_;  // the header first
};

}  // namespace cellmnn
