/// Where a model comes from, for its file.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "cellmnn/trainer.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

nlohmann::ordered_json loss_json(const LossParts& loss);

/// Of a model that was trained on the snapshots `training` of `file`. Depends on the data, the options and
/// the loss only.
nlohmann::json provenance(const DataFile& file, const TimeCourse& training, const TrainOptions& options,
                          const LossParts& last_loss);

/// The part "reversed" of the provenance of a model with two networks.
nlohmann::json reversed_provenance(const TrainOptions& options, const LossParts& last_loss);

/// The training times in a provenance; empty if it has none.
std::vector<double> times_in(const nlohmann::json& provenance);

}  // namespace cellmnn
