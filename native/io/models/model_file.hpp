/// Model files (safetensors) and checkpoints of a training run.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "cellmnn/model.hpp"
#include "cellmnn/trainer.hpp"

namespace cellmnn {

/// A model and what its file says about its origin (docs/model-format.md).
struct ModelFile {
  CellMnn model;
  nlohmann::json provenance;  ///< options, data fingerprint, seed, version, metrics; an object
  std::optional<CellMnn> reversed = std::nullopt;  ///< as in two_sided.hpp, of a model with two sides
};

/// What write_model() writes. It depends on the argument only (no date).
std::string model_bytes(const ModelFile& file);

/// The other way round; errors are those of read_model() and name `path`.
ModelFile parse_model(std::string_view bytes, const std::string& path);

/// Written to a temporary name and renamed.
void write_model(const std::string& path, const ModelFile& file);

/// Throws bad_input for a damaged file, wrong dtypes or shapes, or an unknown format version.
ModelFile read_model(const std::string& path);

/// Everything that continues an interrupted run: state, options and the data's fingerprint.
struct Checkpoint {
  TrainerState state;
  std::optional<TrainerState> reversed = std::nullopt;  ///< of a second network, at the same step
  TrainOptions options;
  std::uint64_t data_fingerprint = 0;
  Index sets = 1;  ///< time courses that are trained jointly
};

void write_checkpoint(const std::string& path, const Checkpoint& checkpoint);
Checkpoint read_checkpoint(const std::string& path);

/// Options as a JSON object with the names of the command line (underscores), and back; unknown
/// names are refused.
nlohmann::json to_json(const TrainOptions& options);

/// Options of a model or a training as files have them: without those of mass where there is none, so that
/// older programs can read the file.
nlohmann::json as_kept(nlohmann::json options);
TrainOptions train_options_from_json(const nlohmann::json& object);

}  // namespace cellmnn
