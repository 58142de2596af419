/// Commands that have no use for the weights of cells.
#pragma once

#include "cellmnn/model.hpp"
#include "native/commands/shared/session.hpp"

namespace cellmnn {

/// Says of a model with mass that all cells count alike here.
void warn_of_unused_weights(const CellMnn& model, Session& session);

}  // namespace cellmnn
