/// The physical limit of a training step: nothing but the matrix products of its encoder.
#pragma once

#include "model/encoder.hpp"

namespace cellmnn {

/// Eigen's products of one forward and backward pass over B cells, each as one call on the whole
/// batch, in the SIMD level of the core: outputs, deltas and weight gradients, in float.
class BareGemms {
 public:
  BareGemms(const PerceptronShape& shape, Index cells);
  void run();

 private:
  struct Layer {
    Matrix<float> input, output, weight, weight_gradient, input_gradient;
  };
  std::vector<Layer> layers_;
};

}  // namespace cellmnn
