/// The columns of the input that predicted cells keep.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "native/commands/shared/session.hpp"
#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

/// The obs columns of an .h5ad file, but for those that are empty or cannot be read, of which is told; none
/// of other files.
std::vector<std::pair<std::string, LabelColumn>> kept_columns(const std::string& path, Session& session);

}  // namespace cellmnn
