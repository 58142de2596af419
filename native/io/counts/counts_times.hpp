/// The times of the cells of counts.
#pragma once

#include "native/io/counts/counts_file.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Path, time column, times, rows and snapshots without cells, from the columns of the cells and the keys of
/// `options`. Throws bad_input if there is no such column or a cell has no time.
DataFile times_of(const CountsTable& file, const DataOptions& options);

}  // namespace cellmnn
