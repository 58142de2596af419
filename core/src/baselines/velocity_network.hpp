/// The network of flow matching: a multilayer perceptron from [x (D), t (1)] to the velocity dx/dt (D).
#pragma once

#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"
#include "model/perceptron.hpp"

namespace cellmnn {

/// h_0 = [x, t], h_l = SELU(h_{l-1} W_l^T + b_l), velocity = h_L W_{L+1}^T + b_{L+1}. SELU is that of
/// Klambauer et al., "Self-normalizing neural networks", 2017.
template <typename Scalar>
class VelocityNetwork : public PerceptronLayers {
 public:
  using PerceptronLayers::PerceptronLayers;
  using Pass = PerceptronPass<Scalar>;

  /// PyTorch's default of a linear layer: weights and biases uniform in +-1 / sqrt(inputs).
  Vector<Scalar> initial_parameters(Rng& rng) const;

  /// layer[1...] from layer[0].
  void forward(const Vector<Scalar>& parameters, Pass& pass) const;

  /// The gradient with respect to the parameters, summed over the cells, from the delta of the velocity.
  void backward(const Vector<Scalar>& parameters, Pass& pass, Vector<Scalar>& gradient) const;
};

}  // namespace cellmnn
