/// From the encoder's output to the operator A of dx/dt = A x, and back.
///
/// Fields: the functions here and in flow.hpp see a block of cells feature by feature ("field"):
/// row f of a field holds feature f of all cells of the block, contiguous, so that SIMD lanes are
/// cells. Fields are padded with zeros to a multiple of kLanePad cells.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cellmnn/field.hpp"
#include "cellmnn/types.hpp"

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

  /// Numbers the encoder gives for a cell.
  Index outputs() const {
    return kind == OperatorKind::dense ? dims * dims : dims - zero_eigenvalues + dims * dims;
  }
};

/// Turns outputs into operators, for one block of cells at a time. Holds the workspace of a block,
/// so that backward() can follow forward(); not to be shared between threads.
template <typename Scalar>
class OperatorBlock {
 public:
  explicit OperatorBlock(OperatorShape shape);

  /// output: field (outputs, n). A: field (D*D, n), row-major in the features.
  /// Returns the sum over cells of the det penalty 1 / (|det P| + 1e-4); 0 for dense.
  Scalar forward(const Field<Scalar>& output, Field<Scalar>& a);

  /// After forward() of the same block. Writes the gradient with respect to the output, given the
  /// gradient with respect to A and the weight of the det penalty's sum in the loss.
  void backward(const Field<Scalar>& a_grad, Scalar det_weight, Field<Scalar>& output_grad);

 private:
  OperatorShape shape_;
  Index cells_ = 0;
  Field<Scalar> p_;          // (D*D, n)
  Field<Scalar> p_inverse_;  // (D*D, n)
  Field<Scalar> lambda_;     // (D, n)
  Field<Scalar> det_;        // (1, n)
};

}  // namespace cellmnn
