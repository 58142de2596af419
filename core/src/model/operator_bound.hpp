/// The smooth bound of operators, A = R / sqrt(1 + |R|_F^2 / beta^2), and its adjoint.
#pragma once

#include "cellmnn/types.hpp"
#include "lanes/field.hpp"

namespace cellmnn {

/// Holds the workspace of one block of cells, so that backward() can follow forward().
template <typename Scalar>
class OperatorBound {
 public:
  OperatorBound(Index dims, double bound);

  bool is_set() const { return bound_ > 0; }

  /// Scales a: (D*D, n) in place.
  void forward(const FieldView<Scalar>& a);

  /// The gradient with respect to the operators before the bound: (D*D, n), valid until the next call. `a` is
  /// what forward() wrote.
  FieldView<const Scalar> backward(const FieldView<const Scalar>& a,
                                   const FieldView<const Scalar>& a_gradient);

 private:
  Index features_;
  double bound_;
  Field<Scalar> scale_;     ///< (1, n)
  Field<Scalar> gradient_;  ///< (D*D, n)
};

}  // namespace cellmnn
