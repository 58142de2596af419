/// `cellmnn perturb --screen` by the network of the data.
#pragma once

#include "native/commands/perturb/network_report.hpp"
#include "native/commands/perturb/screen.hpp"

namespace cellmnn {

/// Each gene of the question, or of its part, held by itself.
Screen screen_by_network(const LaggedInput& input, const NetworkQuestion& question, Session& session);

/// Each pair of them, beside the sum of what its genes do by themselves. Throws usage for too many pairs.
Screen screen_of_pairs(const LaggedInput& input, const NetworkQuestion& question, Session& session);

}  // namespace cellmnn
