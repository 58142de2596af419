/// From when to when genes are held in the network of the data, and which genes can be.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/network_perturbation.hpp"
#include "native/commands/input/lagged_input.hpp"

namespace cellmnn {

/// Those of --group: "time=T", or the cells with a label at the first time that has any; all of the first
/// time where it is empty. Throws usage for what is no such group.
StartingCells starting_cells(const ExpressionCourse& data, const std::string& group);

/// "12 cells of state=HSC of time 2".
std::string cells_text(const ExpressionCourse& data, const StartingCells& from, const std::string& group);

/// The snapshots of the answers: those of --times, or all after `from` where there are none. Throws usage for
/// times that were not measured or are not later.
std::vector<Index> chosen_snapshots(const ExpressionCourse& data, const std::vector<double>& times,
                                    Index from);

/// A gene that acts: a change of another would do nothing. Throws bad_input otherwise.
Index acting_gene(const LaggedInput& input, const std::string& name, const std::string& option);

}  // namespace cellmnn
