/// The columns of the input that predicted cells keep.
#pragma once

#include <string>

#include "native/commands/shared/prediction_table.hpp"
#include "native/commands/shared/session.hpp"

namespace cellmnn {

/// The obs columns of an .h5ad file, but for those that are empty or cannot be read, of which is told; none
/// of other files.
KeptColumns kept_columns(const std::string& path, Session& session);

}  // namespace cellmnn
