/// The answers of a screen, whole or in part, and their ranks.
#pragma once

#include <iosfwd>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace cellmnn {

/// What is ranked, and how.
namespace screen_kind {
inline constexpr const char* kModel = "model";
inline constexpr const char* kNetwork = "network";
inline constexpr const char* kPairs = "pairs";
}  // namespace screen_kind

struct Screen {
  std::string kind;
  std::map<std::string, nlohmann::ordered_json> question;  ///< all that the answers depend on, by name
  std::string title, note;                                 ///< lines for people, before and after the table
  std::vector<nlohmann::ordered_json> rows;  ///< an object a gene or pair, in the order of the question
};

/// Ranks all rows, with nulls where the kind has such: a table for people, and a tsv unless `output` is
/// empty. Throws bad_input for rows that are damaged.
void tell_screen(const Screen& screen, const std::string& output, std::ostream& out);

}  // namespace cellmnn
