/// Whether a file holds such data as those on which a model was trained.
#pragma once

#include <optional>
#include <string>

#include "cellmnn/cell_summary.hpp"
#include "cellmnn/model.hpp"
#include "native/io/models/known_data.hpp"

namespace cellmnn {

/// A clause that says the first difference and a way out, or none.
std::optional<std::string> file_difference(const CellMnn& model, const KnownData& known, const DataFile& file,
                                           const CellSummary& cells);

}  // namespace cellmnn
