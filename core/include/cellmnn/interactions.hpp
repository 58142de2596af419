/// Which gene acts on which: the operators of a model in gene space.
///
/// With expression e = mean + V x, x = S z + m and dz/dt = A z + b, a small change of expression de changes
/// the rate of expression by G de, where
///
///     G = V B W^T,   B = S A S^-1,   W = V (V^T V)^-1        row = target, column = regulator,
///
/// per unit of the user's time. W equals V for orthonormal loadings; else W^T de is the least-squares change
/// of latent coordinates. G has rank D and is never built: every answer goes through factors (G, D).
///
/// The effect of gene j on gene i in a cell is G_ij e_j with e_j the expression that the model reconstructs:
/// the rate of i minus what it would be were j absent, to first order with the cell's operator. Expression is
/// not centred here, since absent means 0, and offsets cancel in the difference. Means over cells are
/// therefore exact sums of rank D as well.
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

/// W (G, D), so that W^T (e - mean) are the coordinates of expression e. Throws bad_input if the loadings of
/// two dimensions are collinear.
Matrix<double> dual_loadings(const GeneSpace& space);

/// Sums over a group of cells from which all mean effects follow.
struct OperatorMoments {
  Index cells = 0;
  Matrix<double> mean;                   ///< (D, D) of B
  std::vector<Matrix<double>> weighted;  ///< D matrices (D, D): mean over cells of x_d B
};

/// The moments of cells (N, D) measured at times t (N).
OperatorMoments operator_moments(const CellMnn& model, const MatrixView<float>& cells,
                                 const Vector<double>& t, Executor& executor);

/// The moments of a model that knows nothing, B = I, so that effects are those of shared loadings alone: the
/// baseline of principal components. `cells` (N, D).
OperatorMoments identity_moments(const MatrixView<float>& cells);

/// Effects between all genes as factors.
struct Effects {
  Matrix<double> targets;     ///< (G, D)
  Matrix<double> regulators;  ///< (G, D)

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

/// Mean effects over the cells of the moments. Throws bad_input if the model's genes have no mean.
Effects mean_effects(const GeneSpace& space, const OperatorMoments& moments);

/// An entry of a ranking.
struct Edge {
  Index regulator;
  Index target;
  double effect;
};

/// The `count` effects of largest size, the largest first, from `regulators` on all other genes. Ties are
/// broken by index. In parallel over regulators.
std::vector<Edge> strongest_edges(const Effects& effects, const std::vector<Index>& regulators, Index count,
                                  Executor& executor);

/// A mode of the mean operator of a group of cells: expression along `genes` grows with the real part of the
/// rate and turns with the imaginary one.
struct Programme {
  std::complex<double> rate;   ///< eigenvalue of B, per unit of the user's time
  Vector<double> genes;        ///< (G) V r of the eigenvector r, scaled to length 1
  Vector<double> genes_ahead;  ///< (G) of a rotating mode: a quarter turn later; else (0)
};

/// The modes by descending real part; a conjugate pair is one rotating mode.
std::vector<Programme> eigen_programmes(const GeneSpace& space, const Matrix<double>& mean_operator);

}  // namespace cellmnn
