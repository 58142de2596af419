/// A model without training, whose cells stay where they are and grow.
#pragma once

#include "cellmnn/model.hpp"

namespace cellmnn::testing {

/// Cells that stay where they are and whose growth is 3 tanh(slope x_0 / 3), of whitened x_0.
inline CellMnn growing_model(double slope) {
  CellMnn model;
  model.config.dims = 2;
  model.config.width = 2;
  model.config.depth = 1;
  model.config.mass = true;
  model.latent = {Vector<double>::Zero(2), Vector<double>::Ones(2)};
  model.time_scale = {0, 2};
  model.training_times = {0, 4, 6};
  model.parameters = Vector<float>::Zero(parameter_count(model.config));
  const std::vector<ParameterLayer> layers = parameter_layers(model.config);
  const Index first = layers[0].weight, growth = layers[1].bias - layers[1].inputs;
  // LeakyReLU(x_0) - LeakyReLU(-x_0) = 1.01 x_0.
  model.parameters(first) = 1;
  model.parameters(first + layers[0].inputs) = -1;
  model.parameters(growth) = static_cast<float>(slope / 1.01);
  model.parameters(growth + 1) = -model.parameters(growth);
  return model;
}

}  // namespace cellmnn::testing
