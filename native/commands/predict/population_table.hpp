/// Populations between snapshots as a table that can be written.
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
  BetweenOptions between;
  std::optional<Index> resample;  ///< equal cells of each time; else points with weights
  std::uint64_t seed = 0;
  bool genes = false;  ///< also their expression
};

/// One row a point, time after time:
///   obs   predicted_time; weight, of sum 1 at each time; cell_before and cell_after, the names of the cells
///   of the
///         two snapshots between which it lies; extrapolated and outside_data as in prediction_table()
///   obsm  X_predicted
///   X     expression
CellTable population_table(const TwoSidedModel& model, const DataFile& file, const PopulationRequest& request,
                           Executor& executor);

}  // namespace cellmnn
