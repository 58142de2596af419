/// Couplings between the cells of successive times, as files that Waddington-OT and CellRank read.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/model.hpp"
#include "cellmnn/sparse.hpp"
#include "native/commands/shared/session.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

/// `soft`: the transitions that `cellmnn fates` chains. `exact`: the optimal plan (squared Euclidean cost,
/// whitened by the model) from where the model moves the cells of the one to the cells of the other, scaled
/// to rows of sum 1.
enum class WotPlan { soft, exact };

/// The coupling of each snapshot with the next: (n, m), rows of sum 1. Throws bad_input if two snapshots are
/// too large: 20,000 x 20,000 at most.
std::vector<SparseMatrix> transport_maps(const CellMnn& model, const DataFile& file, WotPlan plan,
                                         Session& session);

/// Writes FOLDER/tmaps_T0_T1.h5ad for all successive times: obs are the cells at T0, var those at T1, X the
/// coupling.
void write_transport_maps(const std::string& folder, const std::vector<SparseMatrix>& maps,
                          const DataFile& file);

}  // namespace cellmnn
