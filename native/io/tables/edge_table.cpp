#include "native/io/tables/edge_table.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "native/io/files/csv.hpp"
#include "native/io/files/output_file.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

std::string field(double value) { return std::isnan(value) ? "" : number_text(value); }

/// A number that not every table has: one model has no spread.
struct OptionalColumn {
  const char* name;
  double EdgeRow::*value;
};

std::vector<OptionalColumn> columns_with_values(const std::vector<EdgeRow>& edges) {
  std::vector<OptionalColumn> columns = {
      {"sd", &EdgeRow::sd}, {"sign_agreement", &EdgeRow::sign_agreement}, {"null_z", &EdgeRow::null_z}};
  std::erase_if(columns, [&](const OptionalColumn& column) {
    return std::all_of(edges.begin(), edges.end(),
                       [&](const EdgeRow& edge) { return std::isnan(edge.*column.value); });
  });
  return columns;
}

std::string table(const std::vector<EdgeRow>& edges, char separator) {
  std::string text;
  const auto add = [&](const std::vector<std::string>& fields) {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (f > 0) text += separator;
      text += csv_field(fields[f]);
    }
    text += '\n';
  };
  const std::vector<OptionalColumn> columns = columns_with_values(edges);
  std::vector<std::string> header = {"group", "regulator", "target", "effect"};
  for (const OptionalColumn& column : columns) header.emplace_back(column.name);
  header.emplace_back("rank");
  add(header);
  for (const EdgeRow& edge : edges) {
    std::vector<std::string> fields = {edge.group, edge.regulator, edge.target, field(edge.effect)};
    for (const OptionalColumn& column : columns) fields.push_back(field(edge.*column.value));
    fields.push_back(std::to_string(edge.rank));
    add(fields);
  }
  return text;
}

std::string beeline(const std::vector<EdgeRow>& edges) {
  std::string text = "Gene1\tGene2\tEdgeWeight\n";
  for (const EdgeRow& edge : edges) {
    text += edge.regulator + "\t" + edge.target + "\t" + number_text(edge.weight) + "\n";
  }
  return text;
}

std::string decoupler(const std::vector<EdgeRow>& edges) {
  std::string text = "source,target,weight\n";
  for (const EdgeRow& edge : edges) {
    text += csv_field(edge.regulator) + "," + csv_field(edge.target) + "," + number_text(edge.weight) + "\n";
  }
  return text;
}

std::string xml(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string graphml(const std::vector<EdgeRow>& edges) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
      "  <key id=\"effect\" for=\"edge\" attr.name=\"effect\" attr.type=\"double\"/>\n"
      "  <key id=\"null_z\" for=\"edge\" attr.name=\"null_z\" attr.type=\"double\"/>\n"
      "  <key id=\"rank\" for=\"edge\" attr.name=\"rank\" attr.type=\"int\"/>\n"
      "  <graph edgedefault=\"directed\">\n";
  std::map<std::string, std::size_t> nodes;
  const auto node = [&](const std::string& gene) {
    const auto [found, added] = nodes.emplace(gene, nodes.size());
    if (added) {
      text += "    <node id=\"n" + std::to_string(found->second) + "\"><data key=\"name\">" + xml(gene) +
              "</data></node>\n";
    }
    return "n" + std::to_string(found->second);
  };
  for (const EdgeRow& edge : edges) {
    const std::string source = node(edge.regulator), target = node(edge.target);
    text.append("    <edge source=\"").append(source).append("\" target=\"").append(target);
    text.append("\"><data key=\"effect\">").append(number_text(edge.effect)).append("</data>");
    if (!std::isnan(edge.null_z)) {
      text.append("<data key=\"null_z\">").append(number_text(edge.null_z)).append("</data>");
    }
    text.append("<data key=\"rank\">").append(std::to_string(edge.rank)).append("</data></edge>\n");
  }
  return text + "  </graph>\n</graphml>\n";
}

}  // namespace

void write_edges(const std::string& path, const std::string& format, const std::vector<EdgeRow>& edges) {
  if (format == "beeline") return write_file(path, beeline(edges));
  if (format == "decoupler") return write_file(path, decoupler(edges));
  if (format == "graphml") return write_file(path, graphml(edges));
  write_file(path, table(edges, format == "csv" ? ',' : '\t'));
}

}  // namespace cellmnn
