/// How the way from a cell's own time to the requested times is cut into segments, each short enough for
/// one Taylor chain.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "model/flow.hpp"

namespace cellmnn {

/// |A dt| of one segment: larger needs fewer chains but loses digits to cancellation, exp(2 |A dt|)
/// roundings at worst.
inline constexpr double kSegmentReach = 2;

inline constexpr double kMaxReach = 1000;

/// The smallest degree whose neglected terms, of the velocities too, are below the rounding.
template <typename Scalar>
Index taylor_degree(double reach) {
  double term = 1;
  Index degree = 0;
  while (term > std::numeric_limits<Scalar>::epsilon() / 2) term *= reach / static_cast<double>(++degree);
  return degree + 1;
}

/// The times on one side of the cells' own time, cut into segments of equal length.
template <typename Scalar>
struct FlowSide {
  Scalar step = 0;  ///< signed length of a segment
  Index segments = 0;
  Index degree = 0;  ///< of the Taylor polynomials

  FlowSide() = default;
  FlowSide(Scalar sign, double range, double growth) {
    if (range < 0) return;
    const double reach = growth * range;
    if (std::isnan(reach)) throw Error(ErrorCode::numerical, "the operator is not finite");
    if (!(reach <= kMaxReach)) {
      throw Error(ErrorCode::numerical, "the operator is too large to integrate: |A dt| is " + text(reach) +
                                            ", at most " + text(kMaxReach) + " can be followed");
    }
    segments = std::max<Index>(1, static_cast<Index>(std::ceil(reach / kSegmentReach)));
    step = sign * static_cast<Scalar>((range > 0 ? range : 1) / static_cast<double>(segments));
    degree = taylor_degree<Scalar>(reach / static_cast<double>(segments));
  }

  /// The segment that serves dt, or -1 if dt is on the other side.
  Index segment_of(Scalar dt) const {
    if (segments == 0) return -1;
    const Scalar position = dt / step;
    if (position < 0 || (position == 0 && step < 0)) return -1;
    return std::min(segments - 1, static_cast<Index>(position));
  }
};

/// The farthest time on the side of `sign`, or -1 if there is none.
template <typename Scalar>
double farthest(const FlowTimes<Scalar>& times, Scalar sign) {
  double range = -1;
  for (const auto* list : {&times.positions, &times.energies}) {
    for (const Scalar dt : *list) {
      if (dt * sign > 0 || (dt == 0 && sign > 0)) range = std::max(range, std::abs(static_cast<double>(dt)));
    }
  }
  return range;
}

}  // namespace cellmnn
