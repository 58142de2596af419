/// Options of models and their training, which come from Python as JSON objects.
#pragma once

#include <string>

#include "cellmnn/train_options.hpp"

namespace cellmnn::python {

/// All options of the preset "default" or "paper". Throws usage for other names.
std::string preset_json(const std::string& name);

/// Throws for names that are unknown or missing and for values that cannot be.
TrainOptions train_options_of(const std::string& json, Index dims);

}  // namespace cellmnn::python
