/// What speaks for the edges of a lagged network.
#pragma once

#include <cstdint>

#include "cellmnn/lagged_network.hpp"

namespace cellmnn {

struct EvidenceOptions {
  Index draws = 20;         ///< networks of half of the cells
  Index permutations = 20;  ///< networks of snapshots in another order
  std::uint64_t seed = 1;
};

/// One number for each regulator and target: (R, T); NaN where it is not known.
struct EdgeEvidence {
  /// Share of the draws in which the effect has the sign that it has with all cells. A draw is a half of each
  /// snapshot's cells, planned and fitted anew. Not known without draws.
  Matrix<double> same_sign;

  /// Share of the permutations, itself counted, in which the edge scores as high. Snapshots are put into a
  /// random order, which keeps all that is correlated within a snapshot; with an input the first stays the
  /// first. Not known without permutations, for genes on themselves, nor for inputs, which are the same in
  /// any order.
  Matrix<double> p;

  /// (R) the same for all edges of a regulator together, by their totals (regulator_totals()).
  Vector<double> regulator_p;

  Matrix<double> correlation;  ///< of the two levels over all cells
  Matrix<double> within;       ///< the same within snapshots: each level less its mean in its snapshot

  /// Between 0 and 1: (2 same_sign - 1) s(4.4 (|score| - 1)), or 0 for fewer than half of the signs. The
  /// numbers were fitted so that about this share of the edges was true in 34 simulated networks of bursting
  /// genes with a stimulus; it is no probability where the data are of another kind. Not known without draws.
  Matrix<double> confidence;
};

/// 1 if an effect has the sign of the correlation `within` snapshots, 0 if not, NaN if there is none.
double agreement(double effect, double within);

/// (R) by which regulators are ranked: the sum of the sizes of their scores.
Vector<double> regulator_totals(const Matrix<double>& scores);

/// `network` is lagged_network(conditions, options). Correlations are those of the first condition.
EdgeEvidence edge_evidence(std::span<const Condition> conditions, const LaggedOptions& options,
                           const LaggedNetwork& network, const EvidenceOptions& evidence, Executor& executor);

}  // namespace cellmnn
