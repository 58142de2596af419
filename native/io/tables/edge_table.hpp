/// Ranked gene interactions as files.
#pragma once

#include <string>
#include <vector>

namespace cellmnn {

/// One interaction in words and numbers; NaN is written as an empty field, and a column without values is
/// left out.
struct EdgeRow {
  std::string group;  ///< of cells
  std::string regulator;
  std::string target;
  double effect;
  double sd;
  double sign_agreement;
  double null_z;
  int rank;       ///< within the group, from 1
  double weight;  ///< by which it is ranked, with the sign of the effect
};

/// Formats of write_edges().
inline const std::vector<std::string> kEdgeFormats = {"tsv", "csv", "beeline", "decoupler", "graphml"};

/// tsv and csv: a header, which states the orientation, and one row an edge. beeline: tab-separated
/// Gene1, Gene2, EdgeWeight. decoupler: commas, source, target, weight. graphml: a directed graph of which an
/// edge goes from regulator to target. The last three hold one group of cells only.
void write_edges(const std::string& path, const std::string& format, const std::vector<EdgeRow>& edges);

}  // namespace cellmnn
