/// Knock-out and over-expression: what a model predicts for cells of which some genes are changed.
///
/// A statement of first order in latent space: genes that share loadings cannot be told apart, and genes
/// outside the model's loadings have no effect at all.
#pragma once

#include <vector>

#include "cellmnn/interactions.hpp"
#include "cellmnn/model.hpp"

namespace cellmnn {

/// New expression = times * old + plus: a knock-out is {gene, 0, 0}, a doubling {gene, 2, 0}, a level {gene,
/// 0, level}.
struct GeneChange {
  Index gene;
  double times = 1;
  double plus = 0;
};

/// Cells (N, D) whose reconstructed expression is changed by de and projected again: x + W^T de.
Matrix<float> changed_cells(const CellMnn& model, const MatrixView<float>& cells,
                            const std::vector<GeneChange>& changes);

/// Cells (N, D) at one time, with and without the change.
struct PerturbedCells {
  double time;
  Matrix<float> unperturbed;    ///< (N, D)
  Matrix<float> perturbed;      ///< (N, D)
  Vector<double> gene_changes;  ///< (G) mean difference of expression
  double shift;                 ///< root mean square distance between a cell's two predictions
  double mean_shift;            ///< distance between the two mean predictions
};

}  // namespace cellmnn
