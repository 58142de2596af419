/// Where cells end: the probability of each fate by a chain of soft transitions between snapshots.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cellmnn/cell_mover.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/time_course.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// From where cells set out to the next snapshot: from where they are, from where the model moves them by
/// then, or the mean of both transitions.
enum class FateStarts { both, stay, model };

/// The largest number of latent dimensions that transitions look at, the first ones.
inline constexpr Index kFateDims = 20;

struct FateOptions {
  FateStarts starts = FateStarts::both;
  double bandwidth = 0.3;     ///< of an interval as long as the course, in medians of squared distances
  double smoothing = 0.001;   ///< of the base rate, added to the probabilities of a cell
  Index most_later = 20'000;  ///< of a larger later snapshot, transitions see so many random cells
  Index permutations = 5;     ///< of known fates, by which `known` is corrected
  std::uint64_t seed = 0;     ///< of both
};

/// The fates of cells whose fate is known, of F: per snapshot and cell the fate, or -1. At the last snapshot
/// -1 is a cell that is undecided. Where an earlier cell has a fate, it has reached it.
struct KnownFates {
  std::vector<std::string> names;          ///< (F)
  std::vector<std::vector<int>> of_cells;  ///< (snapshots)(N)
};

/// Each label that a cell of the last snapshot has is a fate, but those that are `undecided` (labels): of
/// the places of all cells' labels (snapshots)(N), -1 for none. Labels of earlier cells say nothing.
KnownFates fates_of_labels(const std::vector<std::string>& labels, std::vector<std::vector<int>> of_cells,
                           const std::vector<bool>& undecided);

/// Vectors have an entry a snapshot.
struct Fates {
  std::vector<std::string> names;             ///< (F)
  Vector<double> base_rates;                  ///< (F) shares among all cells of known fate
  std::vector<Matrix<double>> reached;        ///< (N, F) of ending in each fate; the rest stays undecided
  std::vector<Matrix<double>> probabilities;  ///< (N, F) given that the cell decides, smoothed; rows of sum 1
  std::vector<double> known;                  ///< I from known_of(), corrected for what few cells feign
};

/// By soft transitions (core/src/fates/soft_transition.hpp) between coordinates u = x / sqrt(sd), or x / sd
/// for 5 dimensions or fewer (sd over all cells), with bandwidth * sqrt(interval / whole course):
///   P of the last snapshot = 1 at the known fate, P of an earlier one = T P of the next; at the end
///   P <- (P + smoothing * base) / sum.
/// The model moves the first dimensions of `data`, which may have more. Without a model cells stay where they
/// are. With few cells a cell has few possible descendants, and so probabilities that differ even if the
/// fates have nothing to do with the cells. So the known fates are permuted among the cells of their
/// snapshot, and I is (I - I0) / (1 - I0), at least 0, with I0 the mean of the permutations. Own measurements
/// on simulated courses with known fates chose the constants (docs/fates.md). Throws bad_input for a single
/// snapshot, or cells of one fate only.
Fates fates_of(const TimeCourse& data, const KnownFates& known, const FateOptions& options,
               const CellMover& mover, Executor& executor);

/// (P + smoothing * base) / sum of each row of `reached`.
Matrix<double> given_decided(const Matrix<double>& reached, const Vector<double>& base_rates,
                             double smoothing);

/// I = 1 - mean of H(P of a cell) / H(mean P): how much of the fates of these cells is known, 0 to 1.
double known_of(const Matrix<double>& probabilities);

/// What I means: "not known", "hardly known", "partly known", "largely known" or "nearly decided".
std::string known_in_words(double known);

/// 0 for a cell that is as open as the base rates, 1 for one that is decided: 1 - H(P) / H(base). (N), below
/// 0 where a cell is more open than they are.
Vector<double> commitment(const Matrix<double>& probabilities, const Vector<double>& base_rates);

/// (F) the time at which the cells that reach a fate have committed: from when on their mean commitment(),
/// weighted by `reached`, is at least 1/2, linear between snapshots. The first time where they have from the
/// beginning.
Vector<double> commitment_times(const Fates& fates, const std::vector<double>& times);

/// Which labels the ancestors of each fate have: of the expected cells that reach it from a snapshot,
/// `reached` (N, F), the share in each of `count` labels (N, or -1 for none). (count, F).
Matrix<double> ancestor_shares(const Matrix<double>& reached, const std::vector<int>& labels, Index count);

}  // namespace cellmnn
