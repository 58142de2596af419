/// Couplings between the cells of successive times, as files that Waddington-OT and CellRank read.
#pragma once

#include <string>

#include "cellmnn/model.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// Writes FOLDER/tmaps_T0_T1.h5ad for all successive times: obs are the cells at T0, var those at T1, X is
/// the exact optimal plan (squared Euclidean cost, whitened by the model) from where the model moves the
/// cells of T0 to the cells at T1, scaled to rows of sum 1. Throws bad_input if the cells have no names or
/// two snapshots are too large for an exact plan.
void write_transport_maps(const std::string& folder, const CellMnn& model, const DataFile& file,
                          Session& session);

}  // namespace cellmnn
