/// The edges of a lagged network as files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cellmnn/edge_evidence.hpp"

namespace cellmnn {

/// A network with what is known of its edges; each matrix (R, T).
struct LaggedEdges {
  std::vector<std::string> genes;  ///< (G)
  LaggedNetwork network;
  Matrix<double> scores;  ///< rank_scores(network)
  EdgeEvidence evidence;
  double lag = 0;                               ///< mean gap between snapshots
  std::vector<std::pair<Index, Index>> ranked;  ///< (row, column) of the edges, the highest score first
  Matrix<double> prior = {};  ///< weights of known interactions, below 0 for repression; or empty

  const std::string& source(Index row) const;
  const std::string& target(Index column) const;
  /// 1 if the effect has the sign of the correlation within snapshots, 0 if not, NaN if there is none.
  double agreement(Index row, Index column) const;
};

/// All edges between different genes, or the first `top`; ties in the order of regulators, then targets.
std::vector<std::pair<Index, Index>> ranked_edges(const LaggedNetwork& network, const Matrix<double>& scores,
                                                  Index top);

/// Formats of write_edges(). tsv and csv have all columns, those without values left out; the weight of
/// beeline and decoupler is the score.
void write_lagged_edges(const std::string& path, const std::string& format, const LaggedEdges& edges);

/// Rows of the regulators, those with the largest totals first.
std::vector<Index> ranked_regulators(const LaggedEdges& edges);

/// Regulators in this order: tsv with their total, p, and the three targets with the highest scores, those
/// that they repress with a minus.
void write_ranking(const std::string& path, const LaggedEdges& edges);

}  // namespace cellmnn
