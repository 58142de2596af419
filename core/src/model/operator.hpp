/// From the encoder's output to the operator A of dx/dt = A x, and back.
#pragma once

#include "cellmnn/model_options.hpp"
#include "cellmnn/types.hpp"
#include "lanes/field.hpp"
#include "model/eigen_operator.hpp"
#include "model/operator_bound.hpp"

namespace cellmnn {

struct OperatorShape {
  OperatorKind kind = OperatorKind::dense;
  Index dims = 5;
  Index zero_eigenvalues = 0;  ///< c, for OperatorKind::eigen

  double bound = 0;  ///< beta: see ModelConfig::operator_bound

  /// dx/dt = A x + b: the encoder also gives b (D), after the numbers of A.
  bool affine = false;

  /// The encoder also gives the growth (1) of a cell's weight, after all others: see mass.hpp.
  bool mass = false;

  /// Where b begins in the outputs of the encoder: the numbers of A.
  Index offset_row() const {
    return kind == OperatorKind::dense ? dims * dims : dims - zero_eigenvalues + dims * dims;
  }
  /// b (D, n) in the outputs of the encoder, or no data.
  template <typename Scalar>
  FieldView<Scalar> offset(const FieldView<Scalar>& output) const {
    return affine ? output.from_feature(offset_row()) : FieldView<Scalar>{};
  }
  /// Where the number behind the growth is in the outputs of the encoder.
  Index mass_row() const { return offset_row() + (affine ? dims : 0); }
  /// Numbers the encoder gives for a cell.
  Index outputs() const { return mass_row() + (mass ? 1 : 0); }
};

OperatorShape operator_shape(const ModelConfig& config);

/// Turns the outputs of one block of cells into operators. Holds the workspace of the block, so that
/// backward() can follow forward(); not to be shared between threads.
template <typename Scalar>
class Operator {
 public:
  explicit Operator(OperatorShape shape);

  /// output: (outputs, n). Writes a: (D*D, n), row-major in the features. Returns the sum over cells
  /// of 1 / (|det P| + 1e-4); 0 for dense.
  Scalar forward(const FieldView<const Scalar>& output, const FieldView<Scalar>& a);

  /// After forward() of the same block, which wrote a. Writes the gradient with respect to the output,
  /// given that with respect to a and the weight of the sum that forward() returned.
  void backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& a_gradient,
                Scalar det_weight, const FieldView<Scalar>& output_gradient);

 private:
  OperatorShape shape_;
  EigenOperator<Scalar> eigen_;
  OperatorBound<Scalar> bound_;
};

}  // namespace cellmnn
