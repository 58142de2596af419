/// Genes that differ between cells with a high and a low probability of a fate.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Where less is known of the fates of a snapshot (known_of() in fates.hpp), its drivers mean nothing.
inline constexpr double kKnownForDrivers = 0.01;

/// The fewest cells of a snapshot whose quarters are compared.
inline constexpr Index kLeastCellsForDrivers = 20;

struct DriverOptions {
  Index permutations = 100;  ///< of cells, pooled over the genes
  std::uint64_t seed = 0;
};

/// Of each gene, between the quarter of the cells with the highest probability of a fate and that with the
/// lowest: (G).
struct FateDrivers {
  Vector<double> difference;  ///< of mean expression
  Vector<double> error;       ///< standard error of the difference, of unequal variances
  Vector<double> effect;      ///< difference / root mean variance of both quarters; 0 where nothing varies
  Vector<double> p;  ///< share of |difference / error| as large in random quarters, of all genes together
  Vector<double> q;  ///< of p, by Benjamini and Hochberg
};

/// Of `expression` (N, G) on a log scale within one snapshot, and the probability of one fate a column (N,
/// F): (F). Cells of one time only are compared, so genes that merely change with time are not found; genes
/// that follow a fate are, whether they decide it or not. Throws bad_input for fewer cells than
/// kLeastCellsForDrivers.
std::vector<FateDrivers> fate_drivers(const MatrixView<float>& expression,
                                      const Matrix<double>& probabilities, const DriverOptions& options,
                                      Executor& executor);

/// (F, G) the difference of mean expression between those quarters alone. Throws as fate_drivers().
Matrix<double> quarter_differences(const MatrixView<float>& expression, const Matrix<double>& probabilities,
                                   Executor& executor);

/// (F, G) quarter_differences() of the last snapshot, for ranked_drivers(); 0 where it has too few cells.
Matrix<double> differences_at_end(const MatrixView<float>& expression, const Matrix<double>& probabilities,
                                  Executor& executor);

/// Genes by |difference| - 0.3 |difference at the last time|, the largest first: genes that merely follow a
/// decision differ more later. The rule and 0.3 were chosen on simulated systems of our own (docs/fates.md).
/// `difference` and `at_end` are (G).
std::vector<Index> ranked_drivers(const Vector<double>& difference, const Vector<double>& at_end);

}  // namespace cellmnn
