/// From the encoder's output to the operator A of dx/dt = A x, and back.
#pragma once

#include <optional>
#include <string_view>

#include "cellmnn/types.hpp"
#include "lanes/field.hpp"

namespace cellmnn {

enum class OperatorKind {
  dense,  ///< the output is A itself, row-major
  eigen,  ///< the output is [lambda (D - c) | E (D, D)]; P = I + E; A = P^-T diag(lambda, 0) P^T
};

std::string_view name(OperatorKind kind);

/// The kind of this name ("dense", "eigen").
std::optional<OperatorKind> operator_kind(std::string_view name);

struct OperatorShape {
  OperatorKind kind = OperatorKind::dense;
  Index dims = 5;
  Index zero_eigenvalues = 0;  ///< c, for OperatorKind::eigen

  /// beta: A is scaled by 1 / sqrt(1 + |A|_F^2 / beta^2), which keeps every eigenvalue below beta in
  /// absolute value and hardly touches operators well below it. 0 is no bound.
  double bound = 0;

  /// dx/dt = A x + b: the encoder also gives b (D), after the numbers of A.
  bool affine = false;

  /// Where b begins in the outputs of the encoder: the numbers of A.
  Index offset_row() const {
    return kind == OperatorKind::dense ? dims * dims : dims - zero_eigenvalues + dims * dims;
  }
  /// b (D, n) in the outputs of the encoder, or no data.
  template <typename Scalar>
  FieldView<Scalar> offset(const FieldView<Scalar>& output) const {
    return affine ? output.from_feature(offset_row()) : FieldView<Scalar>{};
  }
  /// Numbers the encoder gives for a cell.
  Index outputs() const { return offset_row() + (affine ? dims : 0); }
};

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
  Scalar eigen_forward(const FieldView<const Scalar>& output, const FieldView<Scalar>& a);
  void eigen_backward(const FieldView<const Scalar>& a_gradient, Scalar det_weight,
                      const FieldView<Scalar>& output_gradient);
  void bound_forward(const FieldView<Scalar>& a);
  void bound_backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& a_gradient);

  OperatorShape shape_;
  Field<Scalar> lambda_;     ///< (D, n)
  Field<Scalar> p_;          ///< (D*D, n)
  Field<Scalar> p_inverse_;  ///< (D*D, n)
  Field<Scalar> det_;        ///< (1, n)
  Field<Scalar> scale_;      ///< (1, n) of the bound
  Field<Scalar> gradient_;   ///< (D*D, n) with respect to A before the bound
  Vector<Scalar> work_;      ///< (2, D, D, lanes)
};

}  // namespace cellmnn
