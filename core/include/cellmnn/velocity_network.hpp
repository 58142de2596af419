/// The network of flow matching: a multilayer perceptron from [x (D), t (1)] to the velocity dx/dt (D).
#pragma once

#include <vector>

#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct VelocityNetworkShape {
  Index dims;        ///< D
  Index width = 64;  ///< W of each hidden layer
  Index depth = 3;   ///< L hidden layers, at least 1
};

/// h_0 = [x, t], h_l = SELU(h_{l-1} W_l^T + b_l), velocity = h_L W_{L+1}^T + b_{L+1}. SELU is that of
/// Klambauer et al., "Self-normalizing neural networks", 2017.
/// All parameters live in one flat buffer: W_1 (out, in) row-major, b_1, W_2, b_2, ...
template <typename Scalar>
class VelocityNetwork {
 public:
  explicit VelocityNetwork(VelocityNetworkShape shape);

  Index parameter_count() const { return parameter_count_; }

  /// PyTorch's default of a linear layer: weights and biases uniform in +-1 / sqrt(inputs).
  Vector<Scalar> initial_parameters(Rng& rng) const;

  /// What one pass keeps of B cells; not to be shared between threads. layer[0] is the input (B, D + 1),
  /// layer[l] the activations (B, W), the last the velocity (B, D). delta[l] is the gradient with respect
  /// to layer[l] before its activation function.
  struct Pass {
    std::vector<Matrix<Scalar>> layer;
    std::vector<Matrix<Scalar>> delta;
  };

  /// Gives `pass` the sizes of B cells.
  void resize(Pass& pass, Index cells) const;

  /// layer[1...] from layer[0].
  void forward(const Vector<Scalar>& parameters, Pass& pass) const;

  /// The gradient with respect to the parameters, summed over the cells, from the delta of the velocity.
  void backward(const Vector<Scalar>& parameters, Pass& pass, Vector<Scalar>& gradient) const;

 private:
  struct Layer {
    Index inputs, outputs;
    Index weight, bias;  ///< offsets into the flat buffer
  };
  std::vector<Layer> layers_;
  Index parameter_count_ = 0;
};

}  // namespace cellmnn
