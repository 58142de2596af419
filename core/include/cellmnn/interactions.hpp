/// Which gene acts on which: the operators of a model in gene space.
///
/// With expression e = mean + V x, x = S z + m and dz/dt = A z + b, a small change de of expression changes
/// the rate of expression by G de, where
///
///     G = V B W^T,   B = S A S^-1,   W = V (V^T V)^-1        row = target, column = regulator,
///
/// per unit of the user's time. W equals V for orthonormal loadings; else W^T de is the least-squares change
/// of latent coordinates. G has rank D and is never built: every answer goes through factors (G, D).
///
/// The effect of gene j on gene i in a cell is G_ij e_j with e_j the expression that the model reconstructs:
/// the rate of i minus what it would be were j absent, to first order with the cell's operator. Expression is
/// not centred here, since absent means 0, and offsets cancel in the difference.
///
/// Degradation is no interaction, but B contains it: a decay at rate r adds -r I to B, which is
/// -r V W^T in gene space and looks like repression between genes that share loadings. A rate given
/// as `degradation` is added back, so that effects are those on production: B + r I.
#pragma once

#include <complex>
#include <string>
#include <vector>

#include "cellmnn/model.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/time_course.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// The index of a gene. Throws bad_input where the model has no genes or none of this name (the nearest one
/// is suggested), or the gene has only zero loadings, as genes outside the variable ones have: the model
/// cannot tell what such a gene does.
Index modelled_gene(const GeneSpace& space, const std::string& name);

/// Throws bad_input if the genes have no mean expression, without which there is no absence of a gene.
void require_gene_means(const GeneSpace& space);

/// All genes with a loading that is not zero.
std::vector<Index> modelled_genes(const GeneSpace& space);

/// W (G, D), so that W^T (e - mean) are the coordinates of expression e. Throws bad_input if the space has no
/// genes or the loadings of its dimensions are collinear.
Matrix<double> dual_loadings(const GeneSpace& space);

/// Sums over a group of cells from which all mean effects follow.
struct OperatorMoments {
  Matrix<double> mean;                   ///< (D, D) of B
  std::vector<Matrix<double>> weighted;  ///< D matrices (D, D): means over the cells of x_d B
};

/// The moments of cells (N, D), at least one, measured at times t (N).
OperatorMoments operator_moments(const CellMnn& model, const MatrixView<float>& cells,
                                 const Vector<double>& t, double degradation, Executor& executor);

/// The moments of a model that knows nothing, B = I: effects are then those of shared loadings alone, the
/// baseline of principal components. `cells` (N, D), at least one.
OperatorMoments identity_moments(const MatrixView<float>& cells);

/// Effects between all genes as factors.
struct Effects {
  Matrix<double> targets;     ///< (G, D)
  Matrix<double> regulators;  ///< (G, D)

  Index genes() const { return targets.rows(); }
  /// Of one regulator on one target.
  double of(Index regulator, Index target) const {
    return targets.row(target).dot(regulators.row(regulator));
  }
  /// Of one regulator on all genes: (G).
  Vector<double> of_regulator(Index regulator) const {
    return targets * regulators.row(regulator).transpose();
  }
  /// Of all genes on one target: (G).
  Vector<double> on_target(Index target) const { return regulators * targets.row(target).transpose(); }
};

/// G itself of one operator B (D, D).
Effects gene_operator(const GeneSpace& space, const Matrix<double>& b);

/// Mean effects over the cells of the moments. Requires gene means.
Effects mean_effects(const GeneSpace& space, const OperatorMoments& moments);

/// Covariance of reconstructed expression over cells (N, D): the baseline of co-expression.
Effects covariance_effects(const GeneSpace& space, const MatrixView<float>& cells);

/// Mean and standard deviation of a regulator's effects over all ways to shuffle each dimension's loadings
/// among the modelled genes, for targets and regulators apart, with the regulator's expression kept. In
/// closed form; draws count as independent, which is exact for many genes.
struct ShuffledNull {
  double mean;
  double sd;
};

/// Of each of `regulators`.
std::vector<ShuffledNull> shuffled_nulls(const GeneSpace& space, const OperatorMoments& moments,
                                         const std::vector<Index>& regulators);

/// The share of cells (N, D), at least one, in which G_ij > 0 for regulator j: one number for each target
/// (G).
Vector<double> activating_share(const CellMnn& model, const MatrixView<float>& cells, const Vector<double>& t,
                                Index regulator, double degradation, Executor& executor);

}  // namespace cellmnn
