/// The hyper-network: a multilayer perceptron from [x (D), t (1)] to the numbers of an operator.
#pragma once

#include <vector>

#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct EncoderShape {
  Index inputs;  ///< D + 1
  Index width;   ///< W
  Index depth;   ///< L hidden layers, at least 1
  Index outputs;
};

/// h_0 = input, h_l = LeakyReLU_0.01(h_{l-1} W_l^T + b_l), output = h_L W_{L+1}^T + b_{L+1}.
/// All parameters live in one flat buffer: W_1 (out, in) row-major, b_1, W_2, b_2, ...
template <typename Scalar>
class Encoder {
 public:
  explicit Encoder(EncoderShape shape);

  struct Layer {
    Index inputs, outputs;
    Index weight, bias;  ///< offsets into the flat buffer
  };

  const std::vector<Layer>& layers() const { return layers_; }
  Index parameter_count() const { return parameter_count_; }

  /// Kaiming normal fan-in, gain sqrt(2) for hidden layers and 1 for the output, biases 0, the
  /// output layer scaled by 0.01.
  Vector<Scalar> initial_parameters(Rng& rng) const;

  /// What one pass keeps of B cells. layer[0] is the input (B, D + 1), layer[l] the activations
  /// (B, W), the last the output (B, outputs). delta[l] is the gradient with respect to layer[l]
  /// before its activation function.
  struct Pass {
    std::vector<Matrix<Scalar>> layer;
    std::vector<Matrix<Scalar>> delta;
  };

  /// Gives `pass` the sizes of B cells; allocates only when they change.
  void resize(Pass& pass, Index cells) const;

  /// layer[1...] of the cells [begin, begin + count), from layer[0].
  void forward(const Vector<Scalar>& parameters, Pass& pass, Index begin, Index count) const;

  /// delta of every hidden layer of these cells, from the delta of the output.
  void backward(const Vector<Scalar>& parameters, Pass& pass, Index begin, Index count) const;

  /// Writes the gradient with respect to one layer's parameters, summed over the cells
  /// [begin, begin + count).
  void gradient(const Pass& pass, const Layer& layer, Index begin, Index count,
                Vector<Scalar>& gradient) const;

 private:
  EncoderShape shape_;
  std::vector<Layer> layers_;
  Index parameter_count_ = 0;
};

}  // namespace cellmnn
