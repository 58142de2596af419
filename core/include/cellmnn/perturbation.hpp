/// Knock-out and over-expression: what a model predicts for cells of which some genes are changed.
///
/// A change de of a cell's expression moves its latent coordinates by W^T de (interactions.hpp), as
/// projecting the edited cell would. From there it goes on as arrivals.hpp says. The change is made once, at
/// the cell's own time; the gene is not held afterwards.
///
/// This is a statement of first order in latent space: only the part of a change that the loadings carry is
/// seen, and genes with the same loadings cannot be told apart.
#pragma once

#include <vector>

#include "cellmnn/arrivals.hpp"
#include "cellmnn/interactions.hpp"
#include "cellmnn/model.hpp"

namespace cellmnn {

/// New expression = times * old + plus: {gene, 0, 0} is a knock-out, {gene, 0, 2} sets a level, {gene, 2, 0}
/// doubles.
struct GeneChange {
  Index gene;
  double times = 1;
  double plus = 0;
};

/// Cells (N, D) of which the expression that the model reconstructs is changed. Requires gene
/// means.
Matrix<float> changed_cells(const GeneSpace& space, const MatrixView<float>& cells,
                            const std::vector<GeneChange>& changes);

/// How far predictions (N, D) of changed cells lie from those of the same cells unchanged, in the unit of the
/// coordinates.
struct Shift {
  Vector<double> mean;  ///< (D) mean displacement
  double of_mean = 0;   ///< its length: how far the population moves; at most the W1 of the two sets
  double of_cells = 0;  ///< root mean square displacement of a cell; at least that W1
};
Shift shift_between(const MatrixView<float>& unchanged, const MatrixView<float>& changed);

/// The mean change of each gene's expression (G) that belongs to a displacement.
Vector<double> gene_changes(const GeneSpace& space, const Vector<double>& displacement);

/// One gene of a screen.
struct ScreenedGene {
  Index gene;
  double expression = 0;  ///< mean over the cells, as reconstructed
  double loading = 0;     ///< length of its row of V
  Shift shift;
};

/// The same change (`times`, `plus`) of each of `genes` by itself in all cells (N, D) at times t (N),
/// predicted at `time`. In the order of `genes`.
std::vector<ScreenedGene> screen(const CellMnn& model, const MatrixView<float>& cells,
                                 const Vector<double>& t, const std::vector<Index>& genes, double times,
                                 double plus, double time, Arrivals arrivals, Executor& executor);

/// For each of `genes` (modelled ones), the genes most like it in length of loadings and mean expression, on
/// ranks, without itself: controls of a knock-out.
std::vector<std::vector<Index>> similar_genes(const GeneSpace& space, const MatrixView<float>& cells,
                                              const std::vector<Index>& genes, Index count);

}  // namespace cellmnn
