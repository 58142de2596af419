/// What a lagged network says of cells in which genes are held: knock-outs and over-expression.
///
/// Levels follow z <- s(B p + c) from snapshot to snapshot, B and c of the network and p what the cells carry
/// on: their levels, and with memory a share of what they carried before. Inputs take their level of the next
/// snapshot. A gene that is changed is held: at each snapshot its level is the changed one, and what follows
/// from it goes on through the network. The answer is the difference to the same run in which nothing is
/// held.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "cellmnn/lagged_network.hpp"
#include "cellmnn/perturbation.hpp"

namespace cellmnn {

/// The ridge of a network in which genes are to be held although all genes may act: with a list of regulators
/// the usual one is better. Chosen on simulated knock-outs.
inline constexpr double kRidgeOfHeldGenes = 0.008;

/// Follows levels (S, G) of S states, such as cells, from snapshot `from` on: one matrix (S, G) for each
/// snapshot from there to the last, the first of them `states` with the genes held. `changes` are on
/// expression, so that {gene, 0, 0} is a knock-out and {gene, 2, 0} doubles; a level stays within 0 and 1.
/// `memory` is that of the network. Throws bad_input for genes that do not exist.
std::vector<Matrix<double>> followed_levels(const GeneCourse& course, const LaggedNetwork& network,
                                            double memory, const Matrix<double>& states, Index from,
                                            const std::vector<GeneChange>& changes);

/// Cells of one snapshot, from which changes are followed.
struct StartingCells {
  Index snapshot;
  std::vector<Index> cells;  ///< counted from the first of the snapshot; empty: all of them

  StartingCells(Index of_snapshot, std::vector<Index> some = {})  // NOLINT: a snapshot stands for its cells
      : snapshot(of_snapshot), cells(std::move(some)) {}
};

/// The cells that are chosen, a flag for each row of an expression matrix, at the first time that has any:
/// `cells` are those of the course. Nothing if there are none.
std::optional<StartingCells> first_chosen(const CellsOverTime& cells, const std::vector<bool>& chosen);

/// Their levels (S, G). Throws bad_input for cells that do not exist.
Matrix<double> levels_of(const GeneCourse& course, const StartingCells& cells);

/// Mean changes of levels (K - from.snapshot, G), held less unchanged, of cells and what comes of them.
Matrix<double> network_changes(const GeneCourse& course, const LaggedNetwork& network, double memory,
                               const StartingCells& from, const std::vector<GeneChange>& changes);

/// A screen follows so many sets of changes together: a part of it that begins at a multiple of this has the
/// bits of the whole.
inline constexpr Index kSetsTogether = 64;

/// The change of each of `genes` by itself, `times` and `plus` as in GeneChange: one matrix (genes, G) of
/// changes of levels at snapshot `at`, beginning with the mean of cells of an earlier one.
Matrix<double> network_screen(const GeneCourse& course, const LaggedNetwork& network, double memory,
                              const StartingCells& from, Index at, const std::vector<Index>& genes,
                              double times, double plus, Executor& executor);

/// What co-expression alone answers: (G) the changes of levels that belong to a `change` of the level of
/// `gene`, by regression over all cells.
Vector<double> co_expression_changes(const GeneCourse& course, Index gene, double change);

/// The root mean square of changes of levels (G), those of `held` genes left out.
double size_of_change(const Vector<double>& change, const std::vector<Index>& held);

/// A gene of a screen.
struct RankedRegulator {
  Index gene;
  double change;          ///< size_of_change() of all others
  Index most;             ///< the gene that changes most
  double change_of_most;  ///< of its level
};

/// The genes of network_screen() and their `changes` (genes, G), the largest change first.
std::vector<RankedRegulator> ranked_regulators(const Matrix<double>& changes,
                                               const std::vector<Index>& genes);

/// The same of sets of changes, each set made at once: (sets, G).
Matrix<double> network_screen(const GeneCourse& course, const LaggedNetwork& network, double memory,
                              const StartingCells& from, Index at,
                              const std::vector<std::vector<GeneChange>>& sets, Executor& executor);

}  // namespace cellmnn
