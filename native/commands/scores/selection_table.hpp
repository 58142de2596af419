/// Choices among settings, for people and in files.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cellmnn/selection.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

/// One row a method and held-out time: what was chosen, its inner W1 and its W1 at the held-out time beside
/// those of the unchanged settings and of the best ones, and the seconds.
Table selection_table(const std::vector<Selection>& selections);

/// What the table says, in one line.
std::string selection_caption();

/// [{"method", "hold_out", "chosen", "can_tell", "seconds", "candidates": [{"method", "inner_w1", "w1"}]}];
/// inner_w1 is null where it cannot be told.
nlohmann::ordered_json selection_json(const std::vector<Selection>& selections);

}  // namespace cellmnn
