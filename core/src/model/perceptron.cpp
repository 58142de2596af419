#include "model/perceptron.hpp"

namespace cellmnn {

PerceptronLayers::PerceptronLayers(PerceptronShape shape) {
  Index next = 0;
  for (Index l = 0; l <= shape.depth; ++l) {
    Layer layer;
    layer.inputs = l == 0 ? shape.inputs : shape.width;
    layer.outputs = l == shape.depth ? shape.outputs : shape.width;
    layer.weight = next;
    layer.bias = layer.weight + layer.outputs * layer.inputs;
    next = layer.bias + layer.outputs;
    layers_.push_back(layer);
  }
}

}  // namespace cellmnn
