#include "cellmnn/model_options.hpp"

#include <cmath>
#include <string>

#include "base/option_check.hpp"
#include "model/encoder.hpp"

namespace cellmnn {

std::string_view name(OperatorKind kind) { return kind == OperatorKind::eigen ? "eigen" : "dense"; }

std::optional<OperatorKind> operator_kind(std::string_view name) {
  for (const OperatorKind kind : {OperatorKind::dense, OperatorKind::eigen}) {
    if (name == cellmnn::name(kind)) return kind;
  }
  return std::nullopt;
}

void validate(const ModelConfig& config) {
  require_range("dims", config.dims, 1, kMaxDims);
  require_range("width", config.width, 1, 4096);
  require_range("depth", config.depth, 1, 32);
  const bool eigen = config.operator_kind == OperatorKind::eigen;
  require_option(config.zero_eigenvalues >= 0 && config.zero_eigenvalues <= (eigen ? config.dims : 0),
                 "zero_eigenvalues", static_cast<double>(config.zero_eigenvalues),
                 eigen ? "0 to the number of dimensions, " + std::to_string(config.dims)
                       : std::string("0, since only the operator eigen has them"));
  require_option(std::isfinite(config.operator_bound) && config.operator_bound >= 0, "operator_bound",
                 config.operator_bound, "0 (none) or more");
}

std::vector<ParameterLayer> parameter_layers(const ModelConfig& config) {
  return PerceptronLayers(encoder_shape(config)).layers();
}

Index parameter_count(const ModelConfig& config) {
  return PerceptronLayers(encoder_shape(config)).parameter_count();
}

}  // namespace cellmnn
