#include "native/commands/scores/score_json.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "cellmnn/error.hpp"

namespace cellmnn {

nlohmann::ordered_json to_json(const Score& score) {
  nlohmann::ordered_json object;
  for_fields(score, [&](const char* name, const auto& value) { object[name] = value; });
  return object;
}

Score score_from_json(const nlohmann::ordered_json& object) {
  try {
    Score score;
    for_fields(score, [&](const char* name, auto& value) { object.at(name).get_to(value); });
    return score;
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorCode::bad_input, std::string("a saved score is damaged: ") + error.what());
  }
}

}  // namespace cellmnn
