#include "native/io/tables/lagged_edges.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"
#include "native/io/tables/edge_table.hpp"

namespace cellmnn {
namespace {

struct NumberColumn {
  const char* name;
  std::function<double(Index, Index)> value;
};

std::vector<NumberColumn> columns_of(const LaggedEdges& edges) {
  const auto matrix = [](const Matrix<double>& values) {
    return [&values](Index row, Index column) { return values(row, column); };
  };
  std::vector<NumberColumn> columns = {
      {"effect", matrix(edges.network.effects)},
      {"score", matrix(edges.scores)},
      {"lag", [&](Index, Index) { return edges.lag; }},
      {"same_sign", matrix(edges.evidence.same_sign)},
      {"p", matrix(edges.evidence.p)},
      {"correlation", matrix(edges.evidence.correlation)},
      {"correlation_within", matrix(edges.evidence.within)},
      {"agreement", [&](Index row, Index column) { return edges.agreement(row, column); }},
      {"confidence", matrix(edges.evidence.confidence)},
  };
  std::erase_if(columns, [&](const NumberColumn& column) {
    return std::all_of(edges.ranked.begin(), edges.ranked.end(), [&](const auto& place) {
      return std::isnan(column.value(place.first, place.second));
    });
  });
  return columns;
}

/// Line by line: the whole table of a large network would not fit into memory.
void write_table(const std::string& path, char separator, const LaggedEdges& edges) {
  const std::vector<NumberColumn> columns = columns_of(edges);
  OutputFile file(path);
  std::string line = std::string("source") + separator + "target";
  for (const NumberColumn& column : columns) line += separator + std::string(column.name);
  file.write(line + separator + "rank\n");
  std::size_t rank = 0;
  for (const auto& [row, column] : edges.ranked) {
    line = csv_field(edges.source(row)) + separator + csv_field(edges.target(column));
    for (const NumberColumn& number : columns) {
      const double value = number.value(row, column);
      line += separator;
      if (!std::isnan(value)) line += number_text(value);
    }
    file.write(line + separator + std::to_string(++rank) + "\n");
  }
  file.finish();
}

}  // namespace

const std::string& LaggedEdges::source(Index row) const {
  return genes[static_cast<std::size_t>(network.regulators[static_cast<std::size_t>(row)])];
}

const std::string& LaggedEdges::target(Index column) const {
  return genes[static_cast<std::size_t>(network.targets[static_cast<std::size_t>(column)])];
}

double LaggedEdges::agreement(Index row, Index column) const {
  const double product = evidence.within(row, column) * network.effects(row, column);
  return std::isnan(product) ? product : product > 0 ? 1 : 0;
}

std::vector<std::pair<Index, Index>> ranked_edges(const LaggedNetwork& network, const Matrix<double>& scores,
                                                  Index top) {
  std::vector<std::pair<Index, Index>> places;
  for (Index row = 0; row < scores.rows(); ++row) {
    for (Index column = 0; column < scores.cols(); ++column) {
      if (network.regulators[static_cast<std::size_t>(row)] !=
          network.targets[static_cast<std::size_t>(column)])
        places.emplace_back(row, column);
    }
  }
  const auto before = [&](const auto& a, const auto& b) {
    const double of_a = std::abs(scores(a.first, a.second)), of_b = std::abs(scores(b.first, b.second));
    return of_a != of_b ? of_a > of_b : a < b;
  };
  const auto end = places.begin() + std::min<std::ptrdiff_t>(top, std::ssize(places));
  std::partial_sort(places.begin(), end, places.end(), before);
  places.erase(end, places.end());
  return places;
}

void write_lagged_edges(const std::string& path, const std::string& format, const LaggedEdges& edges) {
  if (format == "tsv" || format == "csv") return write_table(path, format == "csv" ? ',' : '\t', edges);
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<EdgeRow> rows;
  for (const auto& [row, column] : edges.ranked) {
    rows.push_back({"all", edges.source(row), edges.target(column), edges.network.effects(row, column), kNone,
                    kNone, kNone, static_cast<int>(rows.size()) + 1, edges.scores(row, column)});
  }
  write_edges(path, format, rows);
}

}  // namespace cellmnn
