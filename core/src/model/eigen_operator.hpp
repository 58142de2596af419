/// The operator by its eigenvalues, A = P^-T diag(lambda, 0) P^T with P = I + E, and its adjoint.
#pragma once

#include "cellmnn/types.hpp"
#include "lanes/field.hpp"

namespace cellmnn {

/// Holds the workspace of one block of cells, so that backward() can follow forward().
template <typename Scalar>
class EigenOperator {
 public:
  /// The last `zero_eigenvalues` of the D eigenvalues are 0 and no output of the encoder.
  EigenOperator(Index dims, Index zero_eigenvalues);

  /// output: [lambda (D - c) | E (D, D)] of n cells. Writes a: (D*D, n), row-major in the features. Returns
  /// the sum over cells of 1 / (|det P| + 1e-4).
  Scalar forward(const FieldView<const Scalar>& output, const FieldView<Scalar>& a);

  /// Writes the gradient with respect to the output, given that with respect to a and the weight of the sum
  /// that forward() returned.
  void backward(const FieldView<const Scalar>& a_gradient, Scalar det_weight,
                const FieldView<Scalar>& output_gradient);

 private:
  Index dims_, free_;
  Field<Scalar> lambda_;     ///< (D, n)
  Field<Scalar> p_;          ///< (D*D, n)
  Field<Scalar> p_inverse_;  ///< (D*D, n)
  Field<Scalar> det_;        ///< (1, n)
  Vector<Scalar> work_;      ///< (2, D, D, lanes)
};

}  // namespace cellmnn
