/// Which gene acts on which, from expression over time alone: the lagged read-out.
///
/// A cell's ancestors are the cells of the snapshot before from which entropic transport leads to it. The
/// level z_g of a target in a cell is explained by the levels p of all regulators in the mean of its
/// ancestors:
///
///     z_g ~ s(B_g p + c_g),   s the logistic function,
///
/// by logistic ridge regression. At first, transport is by distance. Then it is planned again by how well s(B
/// z + c) of a cell explains its descendants, and B is fitted again, several times: plans and network come to
/// agree.
///
/// A gene that is constant within each snapshot but not over time, such as a stimulus, is an input: it is
/// nobody's target, does not enter the plans, and acts between two snapshots with its level at the second.
/// With an input, the first snapshot is taken to have been at rest: its cells are also explained by their own
/// mean.
///
/// Conditions, such as a wild type and knock-outs, share one network. Cells have their ancestors in their own
/// condition. A held gene has the level 0 there, acts with it, and nothing is learnt about what acts on it.
///
/// With more than 2,000 targets, plans are made by the 2,000 whose levels vary most.
///
/// An effect says what the regulator's earlier level tells of the target, given all others. It is no proof
/// that the regulator binds there.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "cellmnn/gene_course.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// An interaction that is known beforehand.
struct PriorEdge {
  Index source = 0, target = 0;  ///< genes
  int sign = 0;                  ///< +1 activates, -1 represses, 0 not known
  double weight = 1;             ///< above 0
};

struct LaggedOptions {
  std::vector<Index> regulators;  ///< genes that may act, ascending; all if empty; inputs always may
  std::vector<Index> inputs;     ///< genes that are inputs although they vary between the cells of a snapshot
  bool find_inputs = true;       ///< false: those given are all
  double ridge = 0.003;          ///< times half the number of rows: the penalty of a squared effect
  double regularisation = 0.05;  ///< of plans, in median costs
  /// The penalty of an effect that one of these supports is divided by 1 + prior_strength x weight. An effect
  /// against its sign has the full penalty.
  std::vector<PriorEdge> prior;
  double prior_strength = 1;
  Index rounds = 3;  ///< how often plans are made again
  /// How long a regulator acts after its level has changed, as a share of the time from the first snapshot to
  /// the last; 0 if only its level at the ancestors counts. Over a gap dt, e = exp(-dt / (memory x span)) of
  /// the regressors of a cell are those that its own ancestors had.
  double memory = 0;
};

struct LaggedNetwork {
  std::vector<Index> regulators;  ///< (R) genes, ascending, inputs among them
  std::vector<Index> targets;     ///< (T) genes, ascending: all but inputs
  std::vector<Index> inputs;      ///< genes, ascending
  Matrix<double> effects;         ///< (R, T) on the logit of a target's level; of a gene on itself, too
  Vector<double> offsets;         ///< (T)
  bool converged = true;          ///< the last regression
};

struct Condition {
  const GeneCourse* course;
  std::vector<Index> held = {};  ///< genes, ascending, that are switched off from the first snapshot on
};

/// The memory for snapshots that follow each other fast: 0.05 where the mean gap is at most 1/15 of the span,
/// else 0.
double usual_memory(const std::vector<double>& times);

/// The share e of what a cell of snapshot `k` carries to the next that its ancestors left to it.
double remembered_share(const GeneCourse& course, Index k, double memory);

/// Throws bad_input for fewer than two snapshots, for inputs only, and for genes that do not exist.
LaggedNetwork lagged_network(const GeneCourse& course, const LaggedOptions& options, Executor& executor);

/// Of at least one condition, all with the same genes and the same tops.
LaggedNetwork lagged_network(std::span<const Condition> conditions, const LaggedOptions& options,
                             Executor& executor);

/// The weights of a prior where the effects of its interactions stand, below 0 for repression: (R, T), 0 for
/// all others; empty without a prior.
Matrix<double> prior_weights(const LaggedNetwork& network, std::span<const PriorEdge> prior);

/// Where the effects of genes on themselves stand in `effects`: (row, column).
std::vector<std::pair<Index, Index>> own_effects(const LaggedNetwork& network);

/// By which edges are ranked, with the sign of the effect: (R, T) effects over the square root of the largest
/// one on the same target, without those of genes on themselves, which are 0. An edge ranks higher where it
/// is strong and where it is the strongest of its target.
Matrix<double> rank_scores(const LaggedNetwork& network);

}  // namespace cellmnn
