/// The operator of a model carried to genes.
#pragma once

#include "native/commands/network/network_flags.hpp"

namespace cellmnn {

/// Reads models and data, and writes and shows what `flags` ask for.
void read_out_operator(const NetworkFlags& flags, Session& session);

}  // namespace cellmnn
