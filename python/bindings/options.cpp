#include "python/bindings/options.hpp"

#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/io/models/model_file.hpp"
#include "native/io/models/tensor_file.hpp"

namespace cellmnn::python {

std::string preset_json(const std::string& name) {
  if (name != "default" && name != "paper") {
    throw Error(ErrorCode::usage, "preset", " is '" + name + "', but must be 'default' or 'paper'");
  }
  return metadata_text(to_json(name == "paper" ? paper_preset() : TrainOptions{}));
}

TrainOptions train_options_of(const std::string& json, Index dims) {
  TrainOptions options = train_options_from_json(nlohmann::json::parse(json));
  options.model.dims = dims;
  validate(options);
  return options;
}

}  // namespace cellmnn::python
