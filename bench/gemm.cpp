#include "gemm.hpp"

namespace cellmnn {

BareGemms::BareGemms(const PerceptronShape& shape, Index cells) {
  for (Index l = 0; l <= shape.depth; ++l) {
    const Index inputs = l == 0 ? shape.inputs : shape.width;
    const Index outputs = l == shape.depth ? shape.outputs : shape.width;
    const auto half = [](Index rows, Index cols) -> Matrix<float> {
      return Matrix<float>::Constant(rows, cols, 0.5F);
    };
    layers_.push_back({half(cells, inputs), half(cells, outputs), half(outputs, inputs),
                       half(outputs, inputs), half(cells, inputs)});
  }
}

void BareGemms::run() {
  for (Layer& layer : layers_) layer.output.noalias() = layer.input * layer.weight.transpose();
  for (Layer& layer : layers_) {
    layer.weight_gradient.noalias() = layer.output.transpose() * layer.input;
    if (&layer != &layers_.front()) layer.input_gradient.noalias() = layer.output * layer.weight;
  }
}

}  // namespace cellmnn
