#include "cellmnn/flow.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "cellmnn/error.hpp"
#include "lanes.hpp"

namespace cellmnn {
namespace {

/// |A dt| of one segment: larger needs fewer chains but loses digits to cancellation, exp(2 |A dt|)
/// roundings at worst.
constexpr double kSegmentReach = 2;
constexpr double kMaxReach = 1000;
constexpr Index kUsualAnchors = 64;  // room for so many segments from the start; more are rare

/// The smallest degree whose neglected terms, of the velocities too, are below the rounding.
template <typename Scalar>
Index taylor_degree(double reach) {
  double term = 1;
  Index degree = 0;
  while (term > std::numeric_limits<Scalar>::epsilon() / 2) term *= reach / static_cast<double>(++degree);
  return degree + 1;
}

/// The largest over cells of min(|A|_1, |A|_inf), which bounds how fast the chain grows. NaN if any
/// value is not finite.
template <typename Scalar>
Scalar largest_norm(const FieldView<const Scalar>& a, Index dims) {
  using V = Lanes<Scalar>;
  V largest{}, poison{};
  for (Index i = 0; i < a.cells; i += kLanes<Scalar>) {
    V rows{}, columns{};
    for (Index r = 0; r < dims; ++r) {
      V row{}, column{};
      for (Index c = 0; c < dims; ++c) {
        row += abs_lanes<Scalar>(load(a.row(r * dims + c) + i));
        column += abs_lanes<Scalar>(load(a.row(c * dims + r) + i));
      }
      rows = max_lanes<Scalar>(row, rows);
      columns = max_lanes<Scalar>(column, columns);
      poison += row * Scalar(0);  // a maximum may lose a NaN, a sum does not
    }
    largest = max_lanes<Scalar>(largest, rows < columns ? rows : columns);
  }
  Scalar result = 0;
  for (Index i = 0; i < kLanes<Scalar>; ++i) result = std::max(result, largest[i]);
  return result + sum_lanes<Scalar>(poison);
}

}  // namespace

template <typename Scalar>
Index Flow<Scalar>::Side::segment_of(Scalar dt) const {
  if (segments == 0) return -1;
  const Scalar position = dt / step;
  if (position < 0 || (position == 0 && step < 0)) return -1;
  return std::min(segments - 1, static_cast<Index>(position));
}

/// The work on one register of cells, [cell, cell + lanes).
template <typename Scalar>
struct Flow<Scalar>::Kernel {
  using V = Lanes<Scalar>;
  static constexpr Index kWidth = kLanes<Scalar>;

  Index dims;
  const FieldView<const Scalar>& a;
  Index cell;
  Scalar* chain;
  Scalar* chain_gradient;
  Scalar* anchors;

  Index row_size() const { return dims * kWidth; }
  V a_at(Index row, Index column) const { return load(a.row(row * dims + column) + cell); }
  Scalar* at(Scalar* values, Index k, Index d) const { return values + (k * dims + d) * kWidth; }

  /// Anchor 0: the cells themselves.
  void load_anchor(const FieldView<const Scalar>& x) const {
    for (Index d = 0; d < dims; ++d) store<Scalar>(at(anchors, 0, d), load(x.row(d) + cell));
  }

  /// chain[0] = the anchor, chain[k] = A chain[k - 1] / k.
  void build_chain(Index anchor, Index degree) const {
    std::copy_n(at(anchors, anchor, 0), row_size(), chain);
    for (Index k = 1; k <= degree; ++k) {
      const Scalar scale = Scalar(1) / static_cast<Scalar>(k);
      for (Index r = 0; r < dims; ++r) {
        V sum{};
        for (Index c = 0; c < dims; ++c) sum += a_at(r, c) * load(at(chain, k - 1, c));
        store<Scalar>(at(chain, k, r), sum * scale);
      }
    }
  }

  V position(Index d, Index degree, Scalar tau) const {
    V sum = load(at(chain, degree, d));
    for (Index k = degree - 1; k >= 0; --k) sum = sum * tau + load(at(chain, k, d));
    return sum;
  }

  V velocity(Index d, Index degree, Scalar tau) const {
    V sum = load(at(chain, degree, d)) * static_cast<Scalar>(degree);
    for (Index k = degree - 1; k >= 1; --k) sum = sum * tau + load(at(chain, k, d)) * static_cast<Scalar>(k);
    return sum;
  }

  /// Anchor + 1: the position at the end of the segment whose chain has been built.
  void move_anchor(Index anchor, const Side& side) const {
    for (Index d = 0; d < dims; ++d) {
      store<Scalar>(at(anchors, anchor + 1, d), position(d, side.degree, side.step));
    }
  }

  void add_position_gradient(Index d, Index degree, Scalar tau, V gradient) const {
    for (Index k = 0; k <= degree; ++k) {
      Scalar* p = at(chain_gradient, k, d);
      store<Scalar>(p, load(p) + gradient);
      gradient *= tau;
    }
  }

  void add_velocity_gradient(Index d, Index degree, Scalar tau, V gradient) const {
    for (Index k = 1; k <= degree; ++k) {
      Scalar* p = at(chain_gradient, k, d);
      store<Scalar>(p, load(p) + gradient * static_cast<Scalar>(k));
      gradient *= tau;
    }
  }

  /// The adjoint of build_chain(): leaves the gradient with respect to chain[0] in
  /// chain_gradient[0] and adds that with respect to A.
  void reverse_chain(Index degree, const FieldView<Scalar>& a_gradient) const {
    for (Index k = degree; k >= 1; --k) {
      const Scalar scale = Scalar(1) / static_cast<Scalar>(k);
      for (Index r = 0; r < dims; ++r) {
        Scalar* p = at(chain_gradient, k, r);
        store<Scalar>(p, load(p) * scale);
      }
      for (Index c = 0; c < dims; ++c) {
        Scalar* p = at(chain_gradient, k - 1, c);
        V sum = load(p);
        for (Index r = 0; r < dims; ++r) sum += a_at(r, c) * load(at(chain_gradient, k, r));
        store<Scalar>(p, sum);
      }
    }
    for (Index r = 0; r < dims; ++r) {
      for (Index c = 0; c < dims; ++c) {
        Scalar* p = a_gradient.row(r * dims + c) + cell;
        V sum = load(p);
        for (Index k = 1; k <= degree; ++k) sum += load(at(chain_gradient, k, r)) * load(at(chain, k - 1, c));
        store<Scalar>(p, sum);
      }
    }
  }
};

template <typename Scalar>
Flow<Scalar>::Flow(Index dims) : dims_(dims) {
  const Index row_size = dims * kLanes<Scalar>;
  const Index longest_chain = taylor_degree<Scalar>(kSegmentReach) + 1;
  chain_.resize(longest_chain * row_size);
  chain_gradient_.resize(longest_chain * row_size);
  anchors_.resize(kUsualAnchors * row_size);
}

template <typename Scalar>
Scalar Flow<Scalar>::forward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& x,
                             const FlowTimes<Scalar>& times, const FieldView<Scalar>& positions) {
  using V = Lanes<Scalar>;
  const double norm = static_cast<double>(largest_norm(a, dims_));
  for (const int sign : {1, -1}) {
    double range = -1;
    for (const auto* list : {&times.positions, &times.energies}) {
      for (const Scalar dt : *list) {
        if (dt * static_cast<Scalar>(sign) > 0 || (dt == 0 && sign > 0)) {
          range = std::max(range, std::abs(static_cast<double>(dt)));
        }
      }
    }
    Side& side = sides_[sign > 0 ? 0 : 1];
    side = {};
    if (range < 0) continue;
    const double reach = norm * range;
    if (!(reach <= kMaxReach)) {
      throw Error(ErrorCode::numerical, "the operator is too large to integrate: |A dt| is " +
                                            std::to_string(reach) + ", at most " +
                                            std::to_string(static_cast<int>(kMaxReach)) +
                                            " can be followed; a smaller --lr usually helps");
    }
    side.segments = std::max<Index>(1, static_cast<Index>(std::ceil(reach / kSegmentReach)));
    side.step = static_cast<Scalar>(sign * (range > 0 ? range : 1) / static_cast<double>(side.segments));
    side.degree = taylor_degree<Scalar>(reach / static_cast<double>(side.segments));
  }
  const Index anchors = std::max(sides_[0].segments, sides_[1].segments) + 1;
  if (anchors_.size() < anchors * dims_ * kLanes<Scalar>) anchors_.resize(anchors * dims_ * kLanes<Scalar>);

  V energy{};
  for (Index cell = 0; cell < a.cells; cell += kLanes<Scalar>) {
    const Kernel kernel{dims_, a, cell, chain_.data(), chain_gradient_.data(), anchors_.data()};
    for (const Side& side : sides_) {
      if (side.segments == 0) continue;
      kernel.load_anchor(x);
      for (Index segment = 0; segment < side.segments; ++segment) {
        kernel.build_chain(segment, side.degree);
        const Scalar anchor = static_cast<Scalar>(segment) * side.step;
        for (std::size_t t = 0; t < times.positions.size(); ++t) {
          const Scalar dt = times.positions[t];
          if (side.segment_of(dt) != segment) continue;
          for (Index d = 0; d < dims_; ++d) {
            store<Scalar>(positions.row(static_cast<Index>(t) * dims_ + d) + cell,
                          kernel.position(d, side.degree, dt - anchor));
          }
        }
        for (const Scalar dt : times.energies) {
          if (side.segment_of(dt) != segment) continue;
          for (Index d = 0; d < dims_; ++d) {
            const V speed = kernel.velocity(d, side.degree, dt - anchor);
            energy += speed * speed;
          }
        }
        kernel.move_anchor(segment, side);
      }
    }
  }
  return sum_lanes<Scalar>(energy);
}

template <typename Scalar>
void Flow<Scalar>::backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& x,
                            const FlowTimes<Scalar>& times, const FieldView<const Scalar>& positions_gradient,
                            Scalar energy_weight, const FieldView<Scalar>& a_gradient) {
  using V = Lanes<Scalar>;
  for (Index cell = 0; cell < a.cells; cell += kLanes<Scalar>) {
    const Kernel kernel{dims_, a, cell, chain_.data(), chain_gradient_.data(), anchors_.data()};
    for (Index f = 0; f < dims_ * dims_; ++f) store<Scalar>(a_gradient.row(f) + cell, V{});
    for (const Side& side : sides_) {
      if (side.segments == 0) continue;
      kernel.load_anchor(x);
      for (Index segment = 0; segment + 1 < side.segments; ++segment) {
        kernel.build_chain(segment, side.degree);
        kernel.move_anchor(segment, side);
      }
      // From the last to the first, each anchor is replaced by the gradient with respect to it.
      for (Index segment = side.segments - 1; segment >= 0; --segment) {
        kernel.build_chain(segment, side.degree);
        std::fill_n(kernel.chain_gradient, (side.degree + 1) * dims_ * kLanes<Scalar>, Scalar(0));
        const Scalar anchor = static_cast<Scalar>(segment) * side.step;
        for (std::size_t t = 0; t < times.positions.size(); ++t) {
          const Scalar dt = times.positions[t];
          if (side.segment_of(dt) != segment) continue;
          for (Index d = 0; d < dims_; ++d) {
            kernel.add_position_gradient(
                d, side.degree, dt - anchor,
                load(positions_gradient.row(static_cast<Index>(t) * dims_ + d) + cell));
          }
        }
        for (const Scalar dt : times.energies) {
          if (side.segment_of(dt) != segment) continue;
          for (Index d = 0; d < dims_; ++d) {
            const V speed = kernel.velocity(d, side.degree, dt - anchor);
            kernel.add_velocity_gradient(d, side.degree, dt - anchor, speed * (2 * energy_weight));
          }
        }
        if (segment < side.segments - 1) {
          for (Index d = 0; d < dims_; ++d) {
            kernel.add_position_gradient(d, side.degree, side.step,
                                         load(kernel.at(kernel.anchors, segment + 1, d)));
          }
        }
        kernel.reverse_chain(side.degree, a_gradient);
        std::copy_n(kernel.chain_gradient, kernel.row_size(), kernel.at(kernel.anchors, segment, 0));
      }
    }
  }
}

template class Flow<float>;
template class Flow<double>;

}  // namespace cellmnn
