/// Files of known gene interactions: TRRUST, and tables of Gene1, Gene2 and perhaps a sign.
#pragma once

#include <string>
#include <vector>

namespace cellmnn {

struct KnownEdge {
  std::string regulator;
  std::string target;
  int sign = 0;       ///< +1 activates, -1 represses, 0 not known or contradictory
  double weight = 1;  ///< how much the file trusts it, above 0
};

/// Reads TRRUST's tsv without a header (regulator, target, mode, references), or csv or tsv with a header:
/// regulators in Gene1, TF, regulator or source; targets in Gene2 or target; signs, if any, in Sign, Type,
/// Mode or effect, or else in a column weight, whose size says how much an edge is trusted. Each pair is
/// listed once, in the order of the file; pairs with two signs have none. Throws bad_input naming the line
/// for anything else.
std::vector<KnownEdge> read_known_edges(const std::string& path);

}  // namespace cellmnn
