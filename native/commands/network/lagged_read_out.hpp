/// The network from expression and time alone.
#pragma once

#include "native/commands/network/network_flags.hpp"

namespace cellmnn {

/// Reads data, fits the network, and writes and shows what `flags` ask for.
void read_out_lagged(const NetworkFlags& flags, Session& session);

}  // namespace cellmnn
