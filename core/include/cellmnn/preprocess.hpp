/// From counts to log-normalised expression and highly variable genes, by scanpy's definitions.
#pragma once

#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/row_blocks.hpp"
#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// How many of these cells have a value of each gene, added to `number` (G).
void count_cells(const SparseMatrix& counts, const std::vector<Index>& cells, std::vector<Index>& number);

/// The total of each cell.
std::vector<double> totals(const SparseMatrix& counts);

/// The median of totals, those of 0 left out: the default target of scanpy's normalize_total. Throws
/// bad_input if all are 0.
double median_total(std::vector<double> totals);

/// Scales each cell to the total `target_sum`. Cells without counts stay as they are.
void normalize_total(SparseMatrix& counts, double target_sum, Executor& executor);

/// x <- log(1 + x).
void log1p(SparseMatrix& x, Executor& executor);

struct GeneMoments {
  Vector<double> mean, variance;  ///< (G), with divisor n - 1
  Vector<double> found;           ///< (G) in how many cells it is not 0
};

/// Of the columns of x over these cells.
GeneMoments moments(const SparseMatrix& x, const std::vector<Index>& cells, Executor& executor);

/// What is summed over some cells, of which the moments of all come.
struct GeneSums {
  Index cells = 0;
  Vector<double> mean, squares;  ///< (G) the squares of the distances from the mean
  Vector<double> found;          ///< (G) as in GeneMoments

  /// Joins those of later cells, by the formula of Chan, Golub and LeVeque (1979).
  void add(const GeneSums& later);
  GeneMoments moments() const;
};

/// Of log-normalised expression: as it is, and of exp(x) - 1.
struct ExpressionSums {
  GeneSums logs, linear;
  bool negative = false;  ///< whether some logarithm is

  void add(const ExpressionSums& later);
};

/// Over the rows with a flag in some blocks of x, in one pass.
ExpressionSums expression_sums(RowBlocks& x, ShareBlocks blocks, const std::vector<bool>& fitted,
                               Executor& executor);

/// What the choice of highly variable genes rests on, (G) each, under scanpy's names.
struct VariableGenes {
  Vector<double> means;             ///< log(1 + mean), not of log values
  Vector<double> dispersions;       ///< log(variance / mean); NaN for a gene that does not vary
  Vector<double> dispersions_norm;  ///< in units of the genes with a like mean; NaN as above
  std::vector<bool> chosen;
};

/// The `count` genes of largest normalised dispersion, from moments of exp(x) - 1 of log-normalised x: the
/// flavour 'seurat' of scanpy's highly_variable_genes with n_top_genes (Satija et al. 2015), its bins
/// included. Genes that tie with the last are chosen too, genes that do not vary never.
VariableGenes highly_variable_genes(const GeneMoments& linear, Index count);

/// The `count` genes of largest variance, for values of which a dispersion has no meaning, such as
/// logarithms below 0: `means` are the means themselves, both dispersions log(variance).
VariableGenes most_variable_genes(const GeneMoments& of_genes, Index count);

}  // namespace cellmnn
