/// Scores against the truth, shown and written.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "native/commands/network/network_flags.hpp"

namespace cellmnn {

/// Shows the scores with what the truth has, and returns them for machines.
nlohmann::ordered_json shown_scores(const std::vector<MethodScore>& scores, const ModelledTruth& known,
                                    const NetworkFlags& flags);

/// Into the log, and --json.
void record_scores(const nlohmann::ordered_json& scores, const NetworkFlags& flags, Session& session);

}  // namespace cellmnn
