#include "baselines/linear_model.hpp"

namespace cellmnn {

TrainOptions linear_model(TrainOptions options) {
  options.shared_operator = true;
  options.model.affine = true;
  options.model.width = options.model.depth = 1;  // no hidden layer has a say
  return options;
}

}  // namespace cellmnn
