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

/// What is asked of one block of cells that share their time.
template <typename Scalar>
struct FlowTimes {
  std::vector<Scalar> positions;  ///< (T) displacements in time, positive, zero or negative
  std::vector<Scalar> energies;   ///< displacements at which the squared speed is summed; may be empty
};

/// Holds the workspace of one block, so that backward() can follow forward(); not to be shared
/// between threads.
template <typename Scalar>
class Flow {
 public:
  explicit Flow(Index dims);

  /// a: (D*D, n), row-major in the features. x: (D, n). Writes positions: (T*D, n), row t*D + d.
  /// Returns the sum over cells, energy times and D of (dx/dt)^2. Padding must hold zeros in a and x.
  /// Throws numerical if A is not finite or |A dt| is beyond 1000.
  Scalar forward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& x,
                 const FlowTimes<Scalar>& times, const FieldView<Scalar>& positions);

  /// After forward() with the same a, x and times. Writes the gradient with respect to a (D*D, n),
  /// given that of the positions (T*D, n) and the weight of the sum that forward() returned.
  void backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& x,
                const FlowTimes<Scalar>& times, const FieldView<const Scalar>& positions_gradient,
                Scalar energy_weight, const FieldView<Scalar>& a_gradient);

 private:
  /// The times on one side of the cells' own time, cut into segments of equal length.
  struct Side {
    Scalar step = 0;  ///< signed length of a segment
    Index segments = 0;
    Index degree = 0;  ///< of the Taylor polynomials
    /// The segment that serves dt, or -1 if dt is on the other side.
    Index segment_of(Scalar dt) const;
  };
  struct Kernel;

  Index dims_;
  Side sides_[2];
  Vector<Scalar> chain_;           ///< (degree + 1, D, lanes)
  Vector<Scalar> chain_gradient_;  ///< the same
  Vector<Scalar> anchors_;         ///< (segments, D, lanes)
};

}  // namespace cellmnn
