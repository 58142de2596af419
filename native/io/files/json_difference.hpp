/// What differs between two headers.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace cellmnn {

/// The first value in which `now` differs from `before`, as "NAME was A and is B"; empty if there is none.
std::string json_difference(const nlohmann::ordered_json& before, const nlohmann::ordered_json& now,
                            const std::string& name = "");

}  // namespace cellmnn
