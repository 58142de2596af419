/// The closed-form solution x(t + dt) = expm(A dt) x for many dt at once, and its adjoint.
///
/// One Taylor chain v_k = A^k x / k! serves all times (the action of the exponential, Al-Mohy and
/// Higham 2011): a time costs one Horner evaluation. Where |A dt| is large the way is cut into
/// segments, each with a chain of its own from its anchor, so the truncation error stays below the
/// rounding of Scalar. The adjoint is the exact derivative of this computation.
#pragma once

#include <vector>

#include "cellmnn/field.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// One block of cells that share their time. Holds the workspace of the block, so that backward()
/// can follow forward(); not to be shared between threads.
template <typename Scalar>
class FlowBlock {
 public:
  explicit FlowBlock(Index dims);

  /// a: field (D*D, n). x: field (D, n). dt: T displacements in time, positive, zero or negative.
  /// positions: field (T*D, n), row t*D + d. energy_dt: displacements at which the squared speed is
  /// averaged; they may be none. Returns the sum over cells and energy times of |dx/dt|^2.
  /// Throws numerical if A is not finite or |A dt| is absurdly large.
  Scalar forward(const Field<Scalar>& a, const Field<Scalar>& x, const std::vector<Scalar>& dt,
                 const std::vector<Scalar>& energy_dt, Field<Scalar>& positions);

  /// After forward() with the same arguments. positions_grad: field (T*D, n). energy_weight: of the
  /// sum that forward() returned. Writes a_grad: field (D*D, n).
  void backward(const Field<Scalar>& a, const Field<Scalar>& x, const std::vector<Scalar>& dt,
                const std::vector<Scalar>& energy_dt, const Field<Scalar>& positions_grad,
                Scalar energy_weight, Field<Scalar>& a_grad);

 private:
  struct Plan {
    Index degree = 0;             // of the Taylor polynomial
    Index ahead = 0, behind = 0;  // segments after and before the cells' own time
    Scalar step = 0;              // length of a segment
  };
  Plan plan(const Field<Scalar>& a, const std::vector<Scalar>& dt,
            const std::vector<Scalar>& energy_dt) const;

  Index dims_;
  Plan plan_;
  Vector<Scalar> chain_;       // (degree + 1, D, lanes)
  Vector<Scalar> chain_grad_;  // the same
  Vector<Scalar> anchors_;     // (segments + 1, D, lanes)
};

}  // namespace cellmnn
