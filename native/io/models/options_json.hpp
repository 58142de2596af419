/// Settings as JSON objects, under the names that the command line gives them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cellmnn/model.hpp"

namespace cellmnn {

nlohmann::json to_json(const ModelConfig& config);

/// Throws bad_input for a name that is unknown or missing, or a value of a wrong type.
ModelConfig model_config_from_json(const nlohmann::json& object);

}  // namespace cellmnn
