#include "model/flow.hpp"

#include <algorithm>

#include "lanes/fixed_dims.hpp"
#include "model/flow_segments.hpp"
#include "model/served_times.hpp"
#include "model/taylor_chain.hpp"

namespace cellmnn {

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
  ServedTimes<Scalar> positions_at, energies_at;

  explicit Kernel(Index dims) : Kernel(dims, taylor_degree<Scalar>(kSegmentReach) + 1) {}
  Kernel(Index dims, Index terms)
      : chain(dims, terms),
        positions_at(PathQuantity::position, terms),
        energies_at(PathQuantity::velocity, terms) {}

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
  }

  void start(const FlowTimes<Scalar>& times) {
    positions_at.start(times.positions);
    energies_at.start(times.energies);
  }

  Scalar forward(const FieldView<const Scalar>& a, const FieldView<const Scalar>& b,
                 const FieldView<const Scalar>& x, const FlowTimes<Scalar>& times,
                 const FieldView<Scalar>& positions) override {
    cut(a, times);
    start(times);
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
          chain.build(matrix, b, cell, anchor(group, s, segment), side.degree);
          const ServedSegment<Scalar> placed = positions_at.at(side, segment, side.degree);
          chain.evaluate(placed, side.degree);
          for (Index t = 0; t < placed.count; ++t) {
            const Index place = placed.places[t];
            for (Index d = 0; d < dims(); ++d) {
              Scalar* to = place < 0 ? anchor(group, s, segment + 1) + d * kWidth
                                     : positions.row(place * dims() + d) + cell;
              store<Scalar>(to, load(chain.result(t) + d * kWidth));
            }
          }
          const ServedSegment<Scalar> moving = energies_at.at(side, segment, side.degree);
          chain.evaluate(moving, side.degree);
          for (Index t = 0; t < moving.count; ++t) {
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
    start(times);
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
          chain.build(matrix, b, cell, anchor(group, s, segment), side.degree);
          const ServedSegment<Scalar> placed = positions_at.at(side, segment, side.degree);
          for (Index t = 0; t < placed.count; ++t) {
            const Index place = placed.places[t];
            for (Index d = 0; d < dims(); ++d) {
              const Scalar* from = place < 0 ? chain.terms_gradient.data() + d * kWidth
                                             : positions_gradient.row(place * dims() + d) + cell;
              store<Scalar>(chain.result(t) + d * kWidth, load(from));
            }
          }
          chain.clear_gradient(side.degree);
          chain.add_gradient(placed, side.degree);
          const ServedSegment<Scalar> moving = energies_at.at(side, segment, side.degree);
          chain.evaluate(moving, side.degree);
          for (Index i = 0; i < moving.count * row_size(); ++i) {
            chain.results(i) *= 2 * energy_weight;
          }
          chain.add_gradient(moving, side.degree);
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
