/// Comparisons with interpolation by optimal transport, for people and in files.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cellmnn/comparison.hpp"
#include "native/commands/scores/score_groups.hpp"
#include "native/runtime/report.hpp"

namespace cellmnn {

/// One row a method, one column an interpolation. Without rows if there is nothing to compare.
Table comparison_table(const std::vector<Comparison>& comparisons);

/// What the table says, in one line.
std::string comparison_caption();

/// {interpolation: {"verdict": ..., "w1_difference": ..., "w1_low": ..., "w1_high": ...}} of one method.
nlohmann::ordered_json comparison_json(const std::vector<Comparison>& comparisons, const ScoreGroup& method);

}  // namespace cellmnn
