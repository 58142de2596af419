/// The closed-form solution x(t + dt) of dx/dt = A x + b, which is expm(A dt) x without b, for many dt
/// at once, and its adjoint.
///
/// One Taylor chain v_0 = x, v_1 = A x + b, v_k = A v_{k-1} / k serves all times (the action of the
/// exponential, Al-Mohy and Higham 2011): a time costs one Horner evaluation. Where |A dt| is large the way
/// is cut into segments, each with a chain of its own from its anchor, so the truncation error stays below
/// the rounding of Scalar. The adjoint is the exact derivative of this computation.
#pragma once

#include <memory>
#include <vector>

#include "cellmnn/types.hpp"
#include "lanes/field.hpp"

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
  ~Flow();
  Flow(Flow&&) noexcept;
  Flow& operator=(Flow&&) noexcept;

  /// a: (D*D, n), row-major in the features. b: (D, n), or no data for b = 0. x: (D, n). Writes positions:
  /// (T*D, n), row t*D + d. Returns the sum over cells, energy times and D of (dx/dt)^2. Padding must hold
  /// zeros in a, b and x. Throws numerical if A is not finite or |A dt| is beyond 1000.
  Scalar forward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                 const FieldView<const Scalar>& x, const FlowTimes<Scalar>& times,
                 const FieldView<Scalar>& positions);

  /// After forward() with the same a, b and times. Writes the gradients with respect to a and b,
  /// given that of the positions (T*D, n) and the weight of the sum that forward() returned.
  void backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                const FlowTimes<Scalar>& times, const FieldView<const Scalar>& positions_gradient,
                Scalar energy_weight, const FieldView<Scalar>& a_gradient,
                const FieldView<Scalar>& b_gradient);

 private:
  struct Impl;
  template <Index FixedDims>
  struct Kernel;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cellmnn
