/// `cellmnn perturb --screen` by the network of the data.
#pragma once

#include <iosfwd>

#include "native/commands/perturb/network_report.hpp"

namespace cellmnn {

/// Each gene of the question held by itself, the largest change first.
void answer_screen(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                   Session& session);

/// Each pair of them, beside the sum of what its genes do by themselves: those first that differ most from
/// it. Throws usage for too many pairs.
void answer_pairs(const LaggedInput& input, const NetworkQuestion& question, std::ostream& out,
                  Session& session);

}  // namespace cellmnn
