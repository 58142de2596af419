/// The hyper-network: a multilayer perceptron from [x (D), t (1)] to the numbers of an operator.
#pragma once

#include "base/packed_matrix.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/types.hpp"
#include "model/perceptron.hpp"

namespace cellmnn {

PerceptronShape encoder_shape(const ModelConfig& config);

/// Parameters as all blocks of cells of one step of training read them.
template <typename Scalar>
struct EncoderWeights {
  const Vector<Scalar>* parameters = nullptr;
  std::vector<PackedMatrix<Scalar>> forward, backward;  ///< of each layer
};

/// h_0 = input, h_l = LeakyReLU_0.01(h_{l-1} W_l^T + b_l), output = h_L W_{L+1}^T + b_{L+1}.
template <typename Scalar>
class Encoder : public PerceptronLayers {
 public:
  using PerceptronLayers::PerceptronLayers;
  using Pass = PerceptronPass<Scalar>;

  /// Kaiming normal fan-in, gain sqrt(2) for hidden layers and 1 for the output, biases 0, the
  /// output layer scaled by 0.01.
  Vector<Scalar> initial_parameters(Rng& rng) const;

  /// The parameters must outlive `weights` and stay where they are.
  void pack(const Vector<Scalar>& parameters, EncoderWeights<Scalar>& weights) const;

  /// layer[1...] of the cells [begin, begin + count), from layer[0].
  void forward(const EncoderWeights<Scalar>& weights, Pass& pass, Index begin, Index count) const;

  /// The same for predictions. In WebAssembly it is twice as fast, and rounds otherwise: losses of a training
  /// drift apart with the order of sums.
  void predict(const Vector<Scalar>& parameters, Pass& pass, Index begin, Index count) const;

  /// delta of every hidden layer of these cells, from the delta of the output.
  void backward(const EncoderWeights<Scalar>& weights, Pass& pass, Index begin, Index count) const;

  /// Writes the gradient with respect to one layer's parameters, summed over the cells
  /// [begin, begin + count).
  void gradient(const Pass& pass, const Layer& layer, Index begin, Index count,
                Vector<Scalar>& gradient) const;
};

}  // namespace cellmnn
