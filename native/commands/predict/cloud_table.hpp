/// Clouds of possible futures as a table that can be written, and as text for people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cellmnn/future_clouds.hpp"
#include "native/io/tables/table_file.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

struct CloudRequest {
  CloudOptions clouds;
  std::vector<double> times;   ///< of snapshots; empty: all that are later
  std::optional<double> from;  ///< only the cells of this time
};

struct CloudTable {
  /// One row a cell, later time and cell of its cloud:
  ///   obs   time, predicted_time; cell_before and cell_after, their names; weight, of sum 1 in each cloud;
  ///   known,
  ///         how much more than the population is known of the place of cell_before at predicted_time
  ///   obsm  X_predicted
  CellTable cells;
  std::string text;  ///< what is known on average, from each time at each later time
};

/// Throws bad_input for a time that is none of a snapshot, or no later one.
CloudTable cloud_table(const CellMnn& model, const DataFile& file, const CloudRequest& request,
                       Executor& executor);

}  // namespace cellmnn
