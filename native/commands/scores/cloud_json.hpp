/// Numbers of predictions as JSON, for the journal of a suite.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cellmnn/point_cloud.hpp"

namespace cellmnn {

nlohmann::ordered_json to_json(const Vector<double>& values);

/// Empty where there is none of this name. Throws bad_input if it is damaged.
Vector<double> vector_from_json(const nlohmann::ordered_json& object, const char* name);

nlohmann::ordered_json to_json(const PointCloud& cloud);

/// Throws bad_input if it is damaged.
PointCloud cloud_from_json(const nlohmann::ordered_json& object);

}  // namespace cellmnn
