#include "native/commands/shared/score_json.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "cellmnn/error.hpp"

namespace cellmnn {

nlohmann::ordered_json to_json(const Score& score) {
  nlohmann::ordered_json object = {{"method", score.method},
                                   {"protocol", score.protocol},
                                   {"hold_out", score.hold_out},
                                   {"seed", score.seed}};
  for (const MetricName& metric : kMetrics) object[metric.name] = score.metrics.*metric.value;
  object["w1_se"] = score.metrics.w1_se;
  object["w2_se"] = score.metrics.w2_se;
  object["subset"] = score.metrics.subset;
  object["seconds"] = score.seconds;
  return object;
}

Score score_from_json(const nlohmann::ordered_json& object) {
  try {
    Score score;
    object.at("method").get_to(score.method);
    object.at("protocol").get_to(score.protocol);
    object.at("hold_out").get_to(score.hold_out);
    object.at("seed").get_to(score.seed);
    for (const MetricName& metric : kMetrics) object.at(metric.name).get_to(score.metrics.*metric.value);
    object.at("w1_se").get_to(score.metrics.w1_se);
    object.at("w2_se").get_to(score.metrics.w2_se);
    object.at("subset").get_to(score.metrics.subset);
    object.at("seconds").get_to(score.seconds);
    return score;
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorCode::bad_input, std::string("a saved score is damaged: ") + error.what());
  }
}

}  // namespace cellmnn
