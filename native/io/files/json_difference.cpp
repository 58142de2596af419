#include "native/io/files/json_difference.hpp"

#include <nlohmann/json.hpp>

#include "native/io/files/utf8.hpp"

namespace cellmnn {

using nlohmann::ordered_json;

std::string json_difference(const ordered_json& before, const ordered_json& now, const std::string& name) {
  if (before == now) return "";
  if (!before.is_object() || !now.is_object())
    return name + " was " + json_text(before) + " and is " + json_text(now);
  for (const auto& [key, value] : now.items()) {
    std::string found = json_difference(before.value(key, ordered_json()), value, key);
    if (!found.empty()) return found;
  }
  return "it has settings that this version does not know";
}

}  // namespace cellmnn
