/// From when to when genes are held in the network of the data, and which genes can be.
#pragma once

#include <string>
#include <vector>

#include "native/commands/input/lagged_input.hpp"

namespace cellmnn {

/// That of --group, "time=T", or the first where it is empty. Throws usage for other groups and times.
Index first_snapshot(const ExpressionCourse& data, const std::string& group);

/// The snapshots of the answers: those of --times, or all after `from` where there are none. Throws usage for
/// times that were not measured or are not later.
std::vector<Index> chosen_snapshots(const ExpressionCourse& data, const std::vector<double>& times,
                                    Index from);

/// A gene that acts: a change of another would do nothing. Throws bad_input otherwise.
Index acting_gene(const LaggedInput& input, const std::string& name, const std::string& option);

}  // namespace cellmnn
