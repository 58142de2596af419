#include "native/commands/scores/score_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

#include "cellmnn/error.hpp"
#include "native/io/files/json_reader.hpp"

namespace cellmnn {

nlohmann::ordered_json to_json(const Score& score) {
  nlohmann::ordered_json object;
  for_fields(score, [&](const char* name, const auto& value) { object[name] = value; });
  for (const MetricName& metric : kMetrics)
    if (std::isnan(score.metrics.*metric.value)) object.erase(metric.name);
  return object;
}

Score score_from_json(const nlohmann::ordered_json& object) {
  try {
    Score score;
    for_fields(score, [&](const char* name, auto& value) {
      if constexpr (std::is_same_v<decltype(value), double&>) {
        const auto found = object.find(name);
        const bool is_missing = found == object.end() || found->is_null();
        if (is_missing && std::isnan(value)) return;  // a metric that need not be known
      }
      using Value = std::remove_reference_t<decltype(value)>;
      if constexpr (std::is_integral_v<Value>) {
        value = whole_number<Value>(object.at(name));
      } else {
        object.at(name).get_to(value);
      }
    });
    return score;
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorCode::bad_input, std::string("a saved score is damaged: ") + error.what());
  }
}

}  // namespace cellmnn
