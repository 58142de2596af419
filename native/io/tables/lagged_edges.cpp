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
  if (edges.prior.size() > 0) columns.push_back({"prior", matrix(edges.prior)});
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
  return cellmnn::agreement(network.effects(row, column), evidence.within(row, column));
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
  if (top < std::ssize(places)) {
    std::nth_element(places.begin(), places.begin() + top, places.end(), before);
    places.resize(static_cast<std::size_t>(top));
  }
  std::sort(places.begin(), places.end(), before);
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

std::vector<Index> ranked_regulators(const LaggedEdges& edges) {
  const Vector<double> totals = regulator_totals(edges.scores);
  std::vector<Index> order(static_cast<std::size_t>(totals.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return totals(a) > totals(b); });
  return order;
}

void write_ranking(const std::string& path, const LaggedEdges& edges) {
  constexpr std::size_t kTargets = 3;
  const Vector<double> totals = regulator_totals(edges.scores);
  std::string text = "rank\tregulator\ttotal\tp\ttargets\n";
  Index rank = 0;
  for (const Index row : ranked_regulators(edges)) {
    std::vector<Index> targets(static_cast<std::size_t>(edges.scores.cols()));
    std::iota(targets.begin(), targets.end(), Index{0});
    std::stable_sort(targets.begin(), targets.end(), [&](Index a, Index b) {
      return std::abs(edges.scores(row, a)) > std::abs(edges.scores(row, b));
    });
    const double p = edges.evidence.regulator_p(row);
    text += std::to_string(++rank) + "\t" + csv_field(edges.source(row)) + "\t" + number_text(totals(row)) +
            "\t" + (std::isnan(p) ? "" : number_text(p)) + "\t";
    for (std::size_t t = 0; t < std::min(kTargets, targets.size()); ++t) {
      const double score = edges.scores(row, targets[t]);
      if (score == 0) break;
      text += t > 0 ? "," : "";
      text += (score < 0 ? "-" : "") + csv_field(edges.target(targets[t]));
    }
    text += "\n";
  }
  write_file(path, text);
}

}  // namespace cellmnn
