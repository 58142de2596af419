/// The strongest interactions of one model or of several.
#pragma once

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
};

/// The `count` effects of largest size from `regulators` on all other genes, the largest first; ties by
/// regulator, then target. All models have the same genes. Never holds all of them.
std::vector<Edge> strongest_edges(const std::vector<Effects>& models, const std::vector<Index>& regulators,
                                  Index count, Executor& executor);

/// Mean effects of `regulators` on all genes: (R, G).
Matrix<double> effect_rows(const std::vector<Effects>& models, const std::vector<Index>& regulators);

}  // namespace cellmnn
