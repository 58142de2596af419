/// Tables of genes by fate: --drivers and --trends.
#pragma once

#include <string>

#include "cellmnn/fate_drivers.hpp"
#include "cellmnn/fates.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Throws bad_input if the file has no expression.
void require_expression(const DataFile& file, const std::string& option);

/// A line a fate, time but the last, and gene: the genes in the order of ranked_drivers(). Times at which
/// nothing is known of the fates, or that have too few cells, have no lines; the session is told.
std::string driver_table(const DataFile& file, const Fates& fates, const DriverOptions& options,
                         Session& session);

/// A line a fate, time and gene of `genes` (all, if there are none): the mean over the cells that reach the
/// fate with a 95 % interval, and at measured times the mean of all cells. Throws bad_input for a gene that
/// is not there.
std::string trend_table(const DataFile& file, const Fates& fates, const std::vector<std::string>& genes);

}  // namespace cellmnn
