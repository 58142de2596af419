/// Populations as a table that can be written.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cellmnn/two_sided.hpp"
#include "native/io/tables/table_file.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

struct PopulationRequest {
  std::vector<double> times;
  std::optional<double> from;     ///< for one network alone: the time of the cells; else the last one before
  BetweenOptions between;         ///< for both
  std::optional<Index> resample;  ///< equal cells of each time; else points with weights
  std::uint64_t seed = 0;
  bool genes = false;  ///< also their expression
};

/// One row a point, time after time:
///   obs   predicted_time; weight, of sum 1 at each time; cell_before and cell_after, the names of the cells
///         of the two snapshots between which it lies, the latter empty where one network spoke alone;
///         extrapolated and outside_data as in prediction_table()
///   obsm  X_predicted
///   X     expression
/// By both networks, or without `reversed` by the forward one alone.
CellTable population_table(const CellMnn& forward, const std::optional<CellMnn>& reversed,
                           const DataFile& file, const PopulationRequest& request, Executor& executor);

}  // namespace cellmnn
