#include "model/flow.hpp"

#include <algorithm>

#include "lanes/fixed_dims.hpp"
#include "model/flow_segments.hpp"
#include "model/taylor_chain.hpp"

namespace cellmnn {
namespace {

constexpr Index kUsualSegments = 16;  // of one side; room for so many from the start, more are rare

}  // namespace

template <typename Scalar>
struct Flow<Scalar>::Impl {
  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  virtual ~Impl() = default;
  virtual Scalar forward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                         const FieldView<const Scalar>& x, const FlowTimes<Scalar>& times,
                         const FieldView<Scalar>& positions) = 0;
  virtual void backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                        const FlowTimes<Scalar>& times, const FieldView<const Scalar>& positions_gradient,
                        Scalar energy_weight, const FieldView<Scalar>& a_gradient,
                        const FieldView<Scalar>& b_gradient) = 0;
};

/// The work on one register of cells after the other. With FixedDims the loops over dimensions have
/// constant bounds; 0 is any number of dimensions.
template <typename Scalar>
template <Index FixedDims>
struct Flow<Scalar>::Kernel final : Impl {
  using V = Lanes<Scalar>;
  using Matrix = LaneMatrix<Scalar, FixedDims>;
  static constexpr Index kWidth = kLanes<Scalar>;

  TaylorChain<Scalar, FixedDims> chain;
  std::vector<FlowSide<Scalar>> sides;  // (registers, 2)
  Index segments = kUsualSegments;      // room in `anchors`
  Vector<Scalar> anchors;               // (registers, 2, segments, D, lanes): where each segment begins
  std::vector<Index> served;  // places of chain.offsets in the list of times; -1 is the end of the segment

  explicit Kernel(Index dims) : chain(dims, taylor_degree<Scalar>(kSegmentReach) + 1) {}

  Index dims() const { return chain.dims(); }
  Index row_size() const { return chain.row_size(); }

  Scalar* anchor(Index lane_group, Index side, Index segment) {
    return anchors.data() + ((2 * lane_group + side) * segments + segment) * row_size();
  }

  /// Cuts the way of each register of cells and makes room for its anchors.
  void cut(const FieldView<const Scalar>& a, const FlowTimes<Scalar>& times) {
    const Index groups = (a.cells + kWidth - 1) / kWidth;
    const double after = farthest(times, Scalar(1)), before = farthest(times, Scalar(-1));
    sides.resize(static_cast<std::size_t>(2 * groups));
    Index needed = segments;
    for (Index group = 0; group < groups; ++group) {
      const auto norm = static_cast<double>(growth(Matrix(a, group * kWidth, dims()), dims()));
      FlowSide<Scalar>* side = &sides[static_cast<std::size_t>(2 * group)];
      side[0] = FlowSide<Scalar>(1, after, norm);
      side[1] = FlowSide<Scalar>(-1, before, norm);
      needed = std::max({needed, side[0].segments, side[1].segments});
    }
    segments = needed;
    const Index anchor_values = groups * 2 * segments * row_size();
    if (anchors.size() < anchor_values) anchors.resize(anchor_values);
    const auto count = static_cast<Index>(std::max(times.positions.size(), times.energies.size())) + 1;
    chain.reserve(count);
    served.reserve(static_cast<std::size_t>(count));
  }

  /// Finds the times of the list that `segment` serves, and the end of the segment if `with_end`.
  void serve(const std::vector<Scalar>& times, const FlowSide<Scalar>& side, Index segment, bool with_end) {
    served.clear();
    chain.offsets.clear();
    for (std::size_t t = 0; t < times.size(); ++t) {
      if (side.segment_of(times[t]) != segment) continue;
      served.push_back(static_cast<Index>(t));
      chain.offsets.push_back(times[t] - static_cast<Scalar>(segment) * side.step);
    }
    if (with_end) {
      served.push_back(-1);
      chain.offsets.push_back(side.step);
    }
  }

  Scalar forward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                 const FieldView<const Scalar>& x, const FlowTimes<Scalar>& times,
                 const FieldView<Scalar>& positions) override {
    cut(a, times);
    V energy{};
    for (Index group = 0; group * kWidth < a.cells; ++group) {
      const Index cell = group * kWidth;
      const Matrix matrix(a, cell, dims());
      for (Index s = 0; s < 2; ++s) {
        const FlowSide<Scalar>& side = sides[static_cast<std::size_t>(2 * group + s)];
        if (side.segments == 0) continue;
        for (Index d = 0; d < dims(); ++d) {
          store<Scalar>(anchor(group, s, 0) + d * kWidth, load(x.row(d) + cell));
        }
        for (Index segment = 0; segment < side.segments; ++segment) {
          const bool has_next = segment + 1 < side.segments;
          chain.build(matrix, b, cell, anchor(group, s, segment), side.degree);
          serve(times.positions, side, segment, has_next);
          chain.weigh_for_positions(side.degree);
          chain.evaluate(side.degree);
          for (std::size_t t = 0; t < served.size(); ++t) {
            for (Index d = 0; d < dims(); ++d) {
              Scalar* to = served[t] < 0 ? anchor(group, s, segment + 1) + d * kWidth
                                         : positions.row(served[t] * dims() + d) + cell;
              store<Scalar>(to, load(chain.result(t) + d * kWidth));
            }
          }
          serve(times.energies, side, segment, false);
          chain.weigh_for_velocities(side.degree);
          chain.evaluate(side.degree);
          for (std::size_t t = 0; t < served.size(); ++t) {
            for (Index d = 0; d < dims(); ++d) {
              const V speed = load(chain.result(t) + d * kWidth);
              energy += speed * speed;
            }
          }
        }
      }
    }
    return sum_lanes<Scalar>(energy);
  }

  void backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                const FlowTimes<Scalar>& times, const FieldView<const Scalar>& positions_gradient,
                Scalar energy_weight, const FieldView<Scalar>& a_gradient,
                const FieldView<Scalar>& b_gradient) override {
    for (Index group = 0; group * kWidth < a.cells; ++group) {
      const Index cell = group * kWidth;
      const Matrix matrix(a, cell, dims());
      for (Index f = 0; f < dims() * dims(); ++f) store<Scalar>(a_gradient.row(f) + cell, V{});
      if (b.data != nullptr) {
        for (Index d = 0; d < dims(); ++d) store<Scalar>(b_gradient.row(d) + cell, V{});
      }
      for (Index s = 0; s < 2; ++s) {
        const FlowSide<Scalar>& side = sides[static_cast<std::size_t>(2 * group + s)];
        // From the last to the first: terms_gradient[0] is that with respect to the next anchor.
        for (Index segment = side.segments - 1; segment >= 0; --segment) {
          const bool has_next = segment + 1 < side.segments;
          chain.build(matrix, b, cell, anchor(group, s, segment), side.degree);
          serve(times.positions, side, segment, has_next);
          for (std::size_t t = 0; t < served.size(); ++t) {
            for (Index d = 0; d < dims(); ++d) {
              const Scalar* from = served[t] < 0 ? chain.terms_gradient.data() + d * kWidth
                                                 : positions_gradient.row(served[t] * dims() + d) + cell;
              store<Scalar>(chain.result(t) + d * kWidth, load(from));
            }
          }
          chain.weigh_for_positions(side.degree);
          chain.clear_gradient(side.degree);
          chain.add_gradient(side.degree);
          serve(times.energies, side, segment, false);
          chain.weigh_for_velocities(side.degree);
          chain.evaluate(side.degree);
          for (Index i = 0; i < static_cast<Index>(served.size()) * row_size(); ++i) {
            chain.results(i) *= 2 * energy_weight;
          }
          chain.add_gradient(side.degree);
          chain.reverse(matrix, side.degree, a_gradient, cell);
          if (b.data == nullptr) continue;
          for (Index d = 0; d < dims(); ++d) {
            Scalar* gradient = b_gradient.row(d) + cell;
            store<Scalar>(gradient,
                          load(gradient) + load(chain.terms_gradient.data() + row_size() + d * kWidth));
          }
        }
      }
    }
  }
};

template <typename Scalar>
Flow<Scalar>::Flow(Index dims) {
  with_fixed_dims(dims, [&](auto fixed) { impl_ = std::make_unique<Kernel<fixed>>(dims); });
}

template <typename Scalar>
Flow<Scalar>::~Flow() = default;
template <typename Scalar>
Flow<Scalar>::Flow(Flow&&) noexcept = default;
template <typename Scalar>
Flow<Scalar>& Flow<Scalar>::operator=(Flow&&) noexcept = default;

template <typename Scalar>
Scalar Flow<Scalar>::forward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                             const FieldView<const Scalar>& x, const FlowTimes<Scalar>& times,
                             const FieldView<Scalar>& positions) {
  return impl_->forward(a, b, x, times, positions);
}

template <typename Scalar>
void Flow<Scalar>::backward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                            const FlowTimes<Scalar>& times, const FieldView<const Scalar>& positions_gradient,
                            Scalar energy_weight, const FieldView<Scalar>& a_gradient,
                            const FieldView<Scalar>& b_gradient) {
  impl_->backward(a, b, times, positions_gradient, energy_weight, a_gradient, b_gradient);
}

template class Flow<float>;
template class Flow<double>;

}  // namespace cellmnn
