/// From counts to log-normalised expression and highly variable genes, by scanpy's definitions.
#pragma once

#include <vector>

#include "cellmnn/parallel.hpp"
#include "cellmnn/sparse.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Flags of the cells with a value in `min_genes` genes or more (scanpy: filter_cells).
std::vector<bool> cells_with_genes(const SparseMatrix& counts, Index min_genes);

/// Flags of the genes with a value in `min_cells` of these cells or more (scanpy: filter_genes).
std::vector<bool> genes_in_cells(const SparseMatrix& counts, const std::vector<Index>& cells,
                                 Index min_cells);

/// The median total of these cells, those without counts left out: the default target of scanpy's
/// normalize_total. Throws bad_input if all are without.
double median_total(const SparseMatrix& counts, const std::vector<Index>& cells);

/// Scales each cell to the total `target_sum`. Cells without counts stay as they are.
void normalize_total(SparseMatrix& counts, double target_sum, Executor& executor);

/// x <- log(1 + x).
void log1p(SparseMatrix& x, Executor& executor);

struct GeneMoments {
  Vector<double> mean, variance;  ///< (G), with divisor n - 1
};

/// Of the columns of x over these cells.
GeneMoments moments(const SparseMatrix& x, const std::vector<Index>& cells, Executor& executor);

/// What the choice of highly variable genes rests on, (G) each, under scanpy's names.
struct VariableGenes {
  Vector<double> means;             ///< log(1 + mean), not of log values
  Vector<double> dispersions;       ///< log(variance / mean); NaN for a gene that does not vary
  Vector<double> dispersions_norm;  ///< in units of the genes with a like mean; NaN as above
  std::vector<bool> chosen;
};

/// The `count` genes of largest normalised dispersion among these cells, from log-normalised x: the
/// flavour 'seurat' of scanpy's highly_variable_genes with n_top_genes (Satija et al. 2015), its bins
/// included. Genes that tie with the last are chosen too, genes that do not vary never.
VariableGenes highly_variable_genes(const SparseMatrix& x, const std::vector<Index>& cells, Index count,
                                    Executor& executor);

/// The `count` genes of largest variance, for values of which a dispersion has no meaning, such as
/// logarithms below 0: `means` are the means themselves, both dispersions log(variance).
VariableGenes most_variable_genes(const GeneMoments& of_genes, Index count);

}  // namespace cellmnn
