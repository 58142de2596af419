/// A model without training, whose cells all move alike.
#pragma once

#include <vector>

#include "cellmnn/model.hpp"

namespace cellmnn::testing {

/// A model of dx/dt = velocity, in whitened coordinates that are the user's own.
inline CellMnn drifting(const Eigen::VectorXd& velocity, const std::vector<double>& training_times) {
  CellMnn model;
  const Index dims = velocity.size();
  model.config.dims = dims;
  model.config.width = 4;
  model.config.depth = 1;
  model.latent = {Vector<double>::Zero(dims), Vector<double>::Ones(dims)};
  model.training_times = training_times;
  model.parameters = Vector<float>::Zero(parameter_count(model.config));
  model.parameters.tail(dims) = velocity.cast<float>();
  return model;
}

}  // namespace cellmnn::testing
