/// The strongest interactions of one model or of several.
#pragma once

#include <span>
#include <vector>

#include "cellmnn/interactions.hpp"
#include "cellmnn/parallel.hpp"

namespace cellmnn {

struct Edge {
  Index regulator;
  Index target;
  double effect;          ///< mean over models
  double sd;              ///< over models, with divisor models - 1; NaN of one model
  double sign_agreement;  ///< share of the models whose effect has the sign of the mean; NaN of one model
  /// The effect among those of shuffled loadings, in their standard deviations: from add_nulls(), NaN where
  /// these do not vary.
  double null_z = kNotKnown;
};

/// The `count` effects of largest size from `regulators` on all other genes, the largest first; ties by
/// regulator, then target. All models have the same genes. Never holds all of them.
std::vector<Edge> strongest_edges(const std::vector<Effects>& models, const std::vector<Index>& regulators,
                                  Index count, Executor& executor);

/// What `cellmnn network` reads from models of the same genes.
struct RankedNetwork {
  std::vector<OperatorMoments> moments;  ///< of each model
  std::vector<Effects> effects;          ///< of each model, mean over the cells
  std::vector<Edge> edges;               ///< the strongest
};

/// From cells (N, D), at least one, at times t (N). `degradation` is that of operator_moments(); `regulators`
/// and `count` those of strongest_edges().
RankedNetwork ranked_network(std::span<const CellMnn> models, const MatrixView<float>& cells,
                             const Vector<double>& t, double degradation,
                             const std::vector<Index>& regulators, Index count, Executor& executor);

/// Gives the edges their null_z, with means over the models.
void add_nulls(const GeneSpace& space, RankedNetwork& network);

/// The degradation that is taken if none is known, per unit of the user's time: 4 in the model's unit, the
/// mean gap between training times, since expression follows its regulators well within a gap.
inline constexpr double kUsualDegradation = 4;
inline double usual_degradation(const TimeScale& scale) { return kUsualDegradation / scale.unit; }

/// Mean effects of `regulators` on all genes: (R, G).
Matrix<double> effect_rows(const std::vector<Effects>& models, const std::vector<Index>& regulators);

}  // namespace cellmnn
