/// Sizes of the population at the times of snapshots. The numbers of cells in the snapshots are not these:
/// they are what was sampled. Where sizes are known, weights are numbers of cells.
#pragma once

#include <vector>

#include "cellmnn/model.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

struct PopulationSizes {
  std::vector<double> times;  ///< in the user's unit
  std::vector<double> counts;
};

/// Refuses sizes without mass (usage), and (bad_input) a training time that has no size or more than one, and
/// sizes that are not numbers above 0.
void validate(const PopulationSizes& sizes, const ModelConfig& config, const TimeCourse& training);

/// Sets the growth_shift c_k of a model with mass. From training time t_k to the next, d later in model time,
/// the n cells of a snapshot become as many as the population:
///   mean of exp((g_i + c_k) d) = N_{k+1} / N_k, so c_k = (log(N_{k+1} / N_k) - log mean of exp(g_i d)) / d
/// `training` is what the model was trained on. Throws as validate().
void know_sizes(CellMnn& model, const TimeCourse& training, const PopulationSizes& sizes, Executor& executor);

}  // namespace cellmnn
