#include "gemm.hpp"

namespace cellmnn {

BareGemms::BareGemms(const EncoderShape& shape, Index cells) {
  for (Index l = 0; l <= shape.depth; ++l) {
    const Index inputs = l == 0 ? shape.inputs : shape.width;
    const Index outputs = l == shape.depth ? shape.outputs : shape.width;
    layers_.push_back({Matrix<float>::Constant(cells, inputs, 0.5F), Matrix<float>::Constant(cells, outputs, 0.5F),
                       Matrix<float>::Constant(outputs, inputs, 0.5F), Matrix<float>::Zero(outputs, inputs)});
  }
}

void BareGemms::run() {
  for (Layer& layer : layers_) layer.output.noalias() = layer.input * layer.weight.transpose();
  for (Layer& layer : layers_) {
    layer.weight_gradient.noalias() = layer.output.transpose() * layer.input;
    if (&layer != &layers_.front()) layer.input.noalias() = layer.output * layer.weight;
    layer.output.setConstant(0.5F);
    layer.input.setConstant(0.5F);
  }
}

}  // namespace cellmnn
