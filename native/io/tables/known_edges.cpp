#include "native/io/tables/known_edges.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "native/io/files/csv.hpp"
#include "native/io/files/input_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

struct Columns {
  std::size_t regulator = 0, target = 1;
  std::optional<std::size_t> sign, weight;
};

std::optional<std::size_t> column_of(const std::vector<std::string>& header,
                                     std::initializer_list<std::string_view> names) {
  for (std::size_t c = 0; c < header.size(); ++c) {
    std::string name = lower_case(trimmed(header[c]));
    name.erase(0, name.find_first_not_of("# "));  // "# TF"
    if (std::find(names.begin(), names.end(), name) != names.end()) return c;
  }
  return std::nullopt;
}

/// The columns that a header names; nothing if the line is no header.
std::optional<Columns> header_columns(const std::vector<std::string>& line) {
  const auto regulator = column_of(line, {"gene1", "tf", "regulator", "source"});
  const auto target = column_of(line, {"gene2", "target"});
  if (!regulator || !target) return std::nullopt;
  return Columns{*regulator, *target, column_of(line, {"sign", "type", "mode", "effect"}),
                 column_of(line, {"weight"})};
}

/// TRRUST's files have no header: the third column is one of its modes.
std::optional<Columns> trrust_columns(const std::vector<std::string>& line) {
  if (line.size() < 3) return std::nullopt;
  const std::string mode = lower_case(trimmed(line[2]));
  if (mode != "activation" && mode != "repression" && mode != "unknown") return std::nullopt;
  return Columns{0, 1, 2, {}};
}

std::optional<int> sign_of(std::string_view text) {
  const std::string word = lower_case(trimmed(text));
  for (const char* positive : {"+", "+1", "1", "activation", "activates", "activator", "positive"}) {
    if (word == positive) return 1;
  }
  for (const char* negative : {"-", "-1", "repression", "represses", "repressor", "inhibition", "negative"}) {
    if (word == negative) return -1;
  }
  if (word == "0" || word == "unknown" || word == "?" || is_missing(word)) return 0;
  if (const std::optional<double> number = parse_number(word)) {
    return *number > 0 ? 1 : *number < 0 ? -1 : 0;  // "-nan" is no sign either
  }
  return std::nullopt;
}

}  // namespace

std::vector<KnownEdge> read_known_edges(const std::string& path) {
  CsvReader reader(path);
  std::vector<std::string> line;
  if (!reader.next(line)) throw file_error(path, "is empty");
  std::optional<Columns> columns = header_columns(line);
  const bool has_header = columns.has_value();
  if (!has_header) columns = trrust_columns(line);
  if (!columns) {
    throw file_error(path,
                     "line 1 is neither a header with Gene1 and Gene2 nor an edge of TRRUST (regulator, "
                     "target, Activation, Repression or Unknown)");
  }

  std::vector<KnownEdge> edges;
  std::map<std::pair<std::string, std::string>, std::size_t> place;
  std::set<std::size_t> contradictory;
  if (has_header && !reader.next(line)) throw file_error(path, "has a header but no edges");
  do {
    const std::string where = "line " + std::to_string(reader.line());
    if (line.size() <= std::max({columns->regulator, columns->target, columns->sign.value_or(0),
                                 columns->weight.value_or(0)})) {
      throw file_error(path, where + " has only " + std::to_string(line.size()) + " fields");
    }
    KnownEdge edge{std::string(trimmed(line[columns->regulator])),
                   std::string(trimmed(line[columns->target]))};
    if (edge.regulator.empty() || edge.target.empty()) throw file_error(path, where + " lacks a gene");
    if (columns->sign) {
      const std::optional<int> sign = sign_of(line[*columns->sign]);
      if (!sign) {
        throw file_error(path,
                         where + ": '" + line[*columns->sign] +
                             "' is no sign; expected +, -, a number, Activation, Repression or Unknown");
      }
      edge.sign = *sign;
    }
    if (columns->weight) {
      const std::optional<double> weight = parse_number(trimmed(line[*columns->weight]));
      if (!weight || !std::isfinite(*weight) || *weight == 0) {
        throw file_error(path, where + ": '" + line[*columns->weight] +
                                   "' is no weight; expected a number other than 0, below 0 for repression");
      }
      edge.weight = std::abs(*weight);
      if (!columns->sign) edge.sign = *weight > 0 ? 1 : -1;
    }
    const auto [found, added] = place.emplace(std::pair(edge.regulator, edge.target), edges.size());
    if (added) {
      edges.push_back(edge);
      continue;
    }
    int& known = edges[found->second].sign;
    if (known * edge.sign < 0) contradictory.insert(found->second);
    if (known == 0) known = edge.sign;
  } while (reader.next(line));
  for (const std::size_t at : contradictory) edges[at].sign = 0;
  return edges;
}

}  // namespace cellmnn
