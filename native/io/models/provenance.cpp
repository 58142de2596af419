#include "native/io/models/provenance.hpp"

#include <nlohmann/json.hpp>

#include "native/io/models/known_data.hpp"
#include "native/io/models/model_file.hpp"

namespace cellmnn {

nlohmann::ordered_json loss_json(const LossParts& loss) {
  nlohmann::ordered_json parts = {
      {"loss", loss.loss}, {"mmd", loss.mmd}, {"kinetic", loss.kinetic}, {"det", loss.det}};
  if (loss.mass > 0) parts["mass"] = loss.mass;
  return parts;
}

nlohmann::json provenance(const DataFile& file, const TimeCourse& training, const TrainOptions& options,
                          const LossParts& last_loss) {
  return {{"version", CELLMNN_VERSION},
          {"seed", options.seed},
          {"options", as_kept(to_json(options))},
          {"data", data_provenance(file, training)},
          {"metrics", loss_json(last_loss)}};
}

nlohmann::json reversed_provenance(const TrainOptions& options, const LossParts& last_loss) {
  return {{"seed", options.seed}, {"metrics", loss_json(last_loss)}};
}

std::vector<double> times_in(const nlohmann::json& provenance) {
  const nlohmann::json::json_pointer times("/data/times");
  return provenance.contains(times) ? provenance.at(times).get<std::vector<double>>() : std::vector<double>{};
}

}  // namespace cellmnn
