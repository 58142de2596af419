/// Text that is UTF-8, and text that is not.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace cellmnn {

/// Where the first byte is that does not belong to UTF-8.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// JSON of any text: bytes that are not UTF-8, as in the name of a file, become U+FFFD.
std::string json_text(const nlohmann::ordered_json& json, int indent = -1);

}  // namespace cellmnn
