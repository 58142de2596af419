#include "native/commands/input/pair_file.hpp"

#include <algorithm>
#include <filesystem>

#include "cellmnn/error.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {

std::vector<std::string> read_pairs(const std::string& option, const std::string& text,
                                    const std::string& expected, const std::vector<std::string>& headers) {
  std::error_code ignored;
  const bool is_file = text.find('=') == std::string::npos && std::filesystem::is_regular_file(text, ignored);
  if (!is_file) return parse_pairs(option, text, expected + ", or a file with two columns");
  CsvReader reader(text);
  std::vector<std::string> pairs;
  for (std::vector<std::string> fields; reader.next(fields);) {
    if (fields.size() != 2) {
      throw file_error(text, "line " + std::to_string(reader.line()) + " has " +
                                 std::to_string(fields.size()) + " fields, expected two for " + option +
                                 ": a name and its value");
    }
    const bool is_header =
        std::find(headers.begin(), headers.end(), lower_case(trimmed(fields[0]))) != headers.end();
    if (is_header && pairs.empty()) continue;
    pairs.push_back(fields[0] + "=" + std::string(trimmed(fields[1])));
  }
  if (pairs.empty()) throw file_error(text, "has no lines, expected two columns for " + option);
  return pairs;
}

}  // namespace cellmnn
