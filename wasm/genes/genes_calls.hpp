/// What JavaScript can call of the module of genes and fates; genes_bindings.cpp names these functions.
#pragma once

#include <emscripten/val.h>

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/lagged_network.hpp"
#include "wasm/handle.hpp"

namespace cellmnn {

/// A lagged network with the levels that it was fitted to.
struct NetworkHandle : Handle {
  std::vector<std::string> genes;  ///< (G) those that vary
  GeneCourse course;
  LaggedOptions options;
  LaggedNetwork network;
  mutable std::optional<LaggedNetwork> of_held_genes;  ///< once it was asked for
};

namespace genes_calls {

using emscripten::val;

// Networks: `given` has genes (names), values {data, shape (N, G)}, times (K), starts (K + 1): the cells of a
// time stand together.
/// `scale` is 'counts', 'log' or undefined; `regulators` and `inputs` are names, or undefined for all and
/// for those that are found.
NetworkHandle* fit_network(val given, val scale, val regulators, val inputs);
/// genes, regulators, targets, inputs, times, effects (R, T), scores (R, T), lag, explainedByTime,
/// directionsKnown, converged
val network_parts(const NetworkHandle& handle);
/// sameSign, p, correlation, within, agreement, confidence: (R, T); regulatorP (R)
val edge_evidence(const NetworkHandle& handle, double draws, double permutations, double seed);
/// A gene held from snapshot `from` on, as it is at `at`: levels, expression, byCoExpression (G), size, and
/// of how many other regulators how many change as much.
val held_gene(const NetworkHandle& handle, std::string gene, double factor, double plus, double from,
              double at);

/// `codes` (N) are places in `labels` or -1, of the cells snapshot after snapshot: known as below.
val known_fates(val data, val labels, val codes, val undecided);

// Fates: `known` has names (F) and ofCells, a list of places in them (N), or -1, a snapshot. `moved` has
// where each snapshot's cells are at the next, or is undefined; options are numbers, or undefined for the
// usual ones.
/// baseRates (F); of each snapshot reached and probabilities (N, F), known, words, whyNoDrivers
val fates(val data, val known, val moved, val bandwidth, val smoothing);
/// Of each snapshot after `from`: time, cells (N, size), known (N), leastKnown
val clouds(val data, double from, val moved, double size, double seed);

/// `codes` as those of known_fates(), of so many labels. Of each snapshot but the last: from, to, shares (L,
/// L), measuredFrom, measuredTo and predictedTo (L)
val label_flows(val data, val codes, double labels, val moved);

// `found` is what fates() returned, with names (F).
/// Of `expression` (N, G) of a snapshot and `at_end`, of the last one. Of each fate: order (G), the places of
/// genes; difference, low, high, effect, p, q, atEnd (G)
val drivers(val found, double snapshot, val expression, val at_end, double permutations, double seed);
/// Of `expression` (N, G) of each snapshot: times (T), all (S, G), of each fate mean, low, high (T, G)
val trends(val found, val times, val expression, double steps);

/// `asked` has snapshot, gene, factor and plus; `changed` the cells after this change, and after that of each
/// control: cells, and moved if there is `moved`, (N, D) each. Of each fate: fraction, change, p, control (F)
val fate_change(val data, val known, val found, val asked, val changed, val moved, val bandwidth,
                val smoothing);

int live_handles();

}  // namespace genes_calls
}  // namespace cellmnn
