/// `cellmnn perturb --screen` by a model.
#pragma once

#include "native/commands/perturb/model_report.hpp"
#include "native/commands/perturb/screen.hpp"

namespace cellmnn {

/// Each gene of the question, or of its part, changed by itself in these cells.
Screen screen_by_model(const GeneInput& input, const ModelQuestion& asked, const CellGroup& cells,
                       Session& session);

}  // namespace cellmnn
