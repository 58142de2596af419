/// Layers of a multilayer perceptron: the encoder and the velocity network of flow matching are two of them.
#pragma once

#include <vector>

#include "cellmnn/model_options.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

struct PerceptronShape {
  Index inputs;
  Index width;  ///< W of each hidden layer
  Index depth;  ///< L hidden layers, at least 1
  Index outputs;
};

/// What one pass keeps of B cells; not to be shared between threads that write the same cells. layer[0] is
/// the input (B, inputs), layer[l] the activations (B, W), the last the output (B, outputs). delta[l] is the
/// gradient with respect to layer[l] before its activation function.
template <typename Scalar>
struct PerceptronPass {
  std::vector<Matrix<Scalar>> layer;
  std::vector<Matrix<Scalar>> delta;
};

/// Where the parameters of each layer lie in one flat buffer: W_1 (out, in) row-major, b_1, W_2, b_2, ...
class PerceptronLayers {
 public:
  explicit PerceptronLayers(PerceptronShape shape);

  using Layer = ParameterLayer;

  const std::vector<Layer>& layers() const { return layers_; }
  Index parameter_count() const { return layers_.back().bias + layers_.back().outputs; }

  /// Gives `pass` the sizes of B cells; allocates only when they change.
  template <typename Scalar>
  void resize(PerceptronPass<Scalar>& pass, Index cells) const {
    pass.layer.resize(layers_.size() + 1);
    pass.delta.resize(layers_.size() + 1);
    pass.layer[0].resize(cells, layers_[0].inputs);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      pass.layer[l + 1].resize(cells, layers_[l].outputs);
      pass.delta[l + 1].resize(cells, layers_[l].outputs);
    }
  }

 private:
  std::vector<Layer> layers_;
};

}  // namespace cellmnn
