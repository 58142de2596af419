#include "model/flow.hpp"

#include <algorithm>

#include "lanes/fixed_dims.hpp"
#include "lanes/lane_matrix.hpp"
#include "model/flow_segments.hpp"

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
  static constexpr Index kRoom = FixedDims > 0 ? FixedDims : kMaxDims;
  using Row = V[kRoom];  // (D)

  Index any_dims;
  std::vector<FlowSide<Scalar>> sides;  // (registers, 2)
  Index segments = kUsualSegments;      // room in `anchors`
  Vector<Scalar> anchors;               // (registers, 2, segments, D, lanes): where each segment begins
  Vector<Scalar> chain;                 // (degree + 1, D, lanes): A^k x / k!
  Vector<Scalar> chain_gradient;        // the same
  // Of the times that a segment serves:
  std::vector<Index> served;    // their places in the list; -1 is the end of the segment
  std::vector<Scalar> offsets;  // from its beginning
  Vector<Scalar> coefficients;  // (degree + 1, times): of the chain in the value at a time
  Vector<Scalar> values;        // (times, D, lanes), or the gradients with respect to them

  explicit Kernel(Index dims) : any_dims(dims) {
    const Index longest_chain = taylor_degree<Scalar>(kSegmentReach) + 1;
    chain.resize(longest_chain * row_size());
    chain_gradient.resize(longest_chain * row_size());
  }

  Index dims() const { return FixedDims > 0 ? FixedDims : any_dims; }
  Index row_size() const { return dims() * kWidth; }

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
    const auto reserve = [](Vector<Scalar>& room, Index size) {
      if (room.size() < size) room.resize(size);
    };
    reserve(anchors, groups * 2 * segments * row_size());
    const auto count = static_cast<Index>(std::max(times.positions.size(), times.energies.size())) + 1;
    reserve(coefficients, chain.size() / row_size() * count);
    reserve(values, count * row_size());
    served.reserve(static_cast<std::size_t>(count));
    offsets.reserve(static_cast<std::size_t>(count));
  }

  /// chain[0] = begin, chain[1] = A begin + b, chain[k] = A chain[k - 1] / k.
  void build_chain(const Matrix& a, const FieldView<const Scalar>& b, Index cell, const Scalar* begin,
                   Index degree) {
    Row v;
    for (Index d = 0; d < dims(); ++d) {
      v[d] = load(begin + d * kWidth);
      store<Scalar>(chain.data() + d * kWidth, v[d]);
    }
    Scalar* next = chain.data() + row_size();
    for (Index k = 1; k <= degree; ++k, next += row_size()) {
      const Scalar scale = Scalar(1) / static_cast<Scalar>(k);
      Row product;
      for (Index r = 0; r < dims(); ++r) {
        V sum{};
        for (Index c = 0; c < dims(); ++c) sum += a(r, c) * v[c];
        product[r] = sum * scale;
      }
      for (Index d = 0; d < dims(); ++d) {
        v[d] = product[d];
        if (k == 1 && b.data != nullptr) v[d] += load(b.row(d) + cell);
        store<Scalar>(next + d * kWidth, v[d]);
      }
    }
  }

  /// The adjoint of build_chain(): adds the gradient with respect to A and leaves that with respect
  /// to `begin` in chain_gradient[0].
  void reverse_chain(const Matrix& a, Index degree, const FieldView<Scalar>& a_gradient, Index cell) {
    Row g;
    Scalar* row = chain_gradient.data() + degree * row_size();
    for (Index d = 0; d < dims(); ++d) g[d] = load(row + d * kWidth);
    for (Index k = degree; k >= 1; --k, row -= row_size()) {
      const Scalar scale = Scalar(1) / static_cast<Scalar>(k);
      for (Index d = 0; d < dims(); ++d) {
        g[d] *= scale;
        store<Scalar>(row + d * kWidth, g[d]);
      }
      Row product;
      for (Index c = 0; c < dims(); ++c) {
        V sum = load(row - row_size() + c * kWidth);
        for (Index r = 0; r < dims(); ++r) sum += a(r, c) * g[r];
        product[c] = sum;
      }
      for (Index d = 0; d < dims(); ++d) g[d] = product[d];
    }
    for (Index d = 0; d < dims(); ++d) store<Scalar>(row + d * kWidth, g[d]);

    for (Index r = 0; r < dims(); ++r) {
      Row sum;
      for (Index c = 0; c < dims(); ++c) sum[c] = load(a_gradient.row(r * dims() + c) + cell);
      for (Index k = 1; k <= degree; ++k) {
        const V left = load(chain_gradient.data() + k * row_size() + r * kWidth);
        const Scalar* right = chain.data() + (k - 1) * row_size();
        for (Index c = 0; c < dims(); ++c) sum[c] += left * load(right + c * kWidth);
      }
      for (Index c = 0; c < dims(); ++c) store<Scalar>(a_gradient.row(r * dims() + c) + cell, sum[c]);
    }
  }

  /// Finds the times of the list that `segment` serves, and the end of the segment if `with_end`.
  void serve(const std::vector<Scalar>& times, const FlowSide<Scalar>& side, Index segment, bool with_end) {
    served.clear();
    offsets.clear();
    for (std::size_t t = 0; t < times.size(); ++t) {
      if (side.segment_of(times[t]) != segment) continue;
      served.push_back(static_cast<Index>(t));
      offsets.push_back(times[t] - static_cast<Scalar>(segment) * side.step);
    }
    if (with_end) {
      served.push_back(-1);
      offsets.push_back(side.step);
    }
  }

  /// Position: sum of chain[k] tau^k.
  void position_coefficients(Index degree) {
    const std::size_t count = offsets.size();
    Scalar* row = coefficients.data();
    std::fill_n(row, count, Scalar(1));
    for (Index k = 1; k <= degree; ++k, row += count) {
      for (std::size_t t = 0; t < count; ++t) row[count + t] = row[t] * offsets[t];
    }
  }

  /// Velocity: sum of chain[k] k tau^(k - 1).
  void velocity_coefficients(Index degree) {
    const std::size_t count = offsets.size();
    Scalar* row = coefficients.data();
    std::fill_n(row, count, Scalar(0));
    std::fill_n(row + count, count, Scalar(1));
    row += count;
    for (Index k = 2; k <= degree; ++k, row += count) {
      const Scalar factor = static_cast<Scalar>(k) / static_cast<Scalar>(k - 1);
      for (std::size_t t = 0; t < count; ++t) row[count + t] = row[t] * (offsets[t] * factor);
    }
  }

  Scalar* value(std::size_t t) { return values.data() + static_cast<Index>(t) * row_size(); }

  /// values = coefficients^T chain.
  void evaluate(Index degree) {
    const std::size_t count = offsets.size();
    for (std::size_t t = 0; t < count; ++t) {
      Row sum;
      for (Index d = 0; d < dims(); ++d) sum[d] = V{};
      const Scalar* coefficient = coefficients.data() + t;
      const Scalar* row = chain.data();
      for (Index k = 0; k <= degree; ++k, coefficient += count, row += row_size()) {
        for (Index d = 0; d < dims(); ++d) sum[d] += load(row + d * kWidth) * *coefficient;
      }
      for (Index d = 0; d < dims(); ++d) store<Scalar>(value(t) + d * kWidth, sum[d]);
    }
  }

  /// The adjoint of evaluate(): chain_gradient += coefficients values.
  void add_gradient(Index degree) {
    const std::size_t count = offsets.size();
    const Scalar* coefficient = coefficients.data();
    Scalar* row = chain_gradient.data();
    for (Index k = 0; k <= degree; ++k, row += row_size()) {
      Row sum;
      for (Index d = 0; d < dims(); ++d) sum[d] = load(row + d * kWidth);
      const Scalar* gradient = values.data();
      for (std::size_t t = 0; t < count; ++t, ++coefficient, gradient += row_size()) {
        for (Index d = 0; d < dims(); ++d) sum[d] += load(gradient + d * kWidth) * *coefficient;
      }
      for (Index d = 0; d < dims(); ++d) store<Scalar>(row + d * kWidth, sum[d]);
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
          build_chain(matrix, b, cell, anchor(group, s, segment), side.degree);
          serve(times.positions, side, segment, has_next);
          position_coefficients(side.degree);
          evaluate(side.degree);
          for (std::size_t t = 0; t < served.size(); ++t) {
            for (Index d = 0; d < dims(); ++d) {
              Scalar* to = served[t] < 0 ? anchor(group, s, segment + 1) + d * kWidth
                                         : positions.row(served[t] * dims() + d) + cell;
              store<Scalar>(to, load(value(t) + d * kWidth));
            }
          }
          serve(times.energies, side, segment, false);
          velocity_coefficients(side.degree);
          evaluate(side.degree);
          for (std::size_t t = 0; t < served.size(); ++t) {
            for (Index d = 0; d < dims(); ++d) {
              const V speed = load(value(t) + d * kWidth);
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
        // From the last to the first: chain_gradient[0] is that with respect to the next anchor.
        for (Index segment = side.segments - 1; segment >= 0; --segment) {
          const bool has_next = segment + 1 < side.segments;
          build_chain(matrix, b, cell, anchor(group, s, segment), side.degree);
          serve(times.positions, side, segment, has_next);
          for (std::size_t t = 0; t < served.size(); ++t) {
            for (Index d = 0; d < dims(); ++d) {
              const Scalar* from = served[t] < 0 ? chain_gradient.data() + d * kWidth
                                                 : positions_gradient.row(served[t] * dims() + d) + cell;
              store<Scalar>(value(t) + d * kWidth, load(from));
            }
          }
          position_coefficients(side.degree);
          std::fill_n(chain_gradient.data(), (side.degree + 1) * row_size(), Scalar(0));
          add_gradient(side.degree);
          serve(times.energies, side, segment, false);
          velocity_coefficients(side.degree);
          evaluate(side.degree);
          for (Index i = 0; i < static_cast<Index>(served.size()) * row_size(); ++i) {
            values(i) *= 2 * energy_weight;
          }
          add_gradient(side.degree);
          reverse_chain(matrix, side.degree, a_gradient, cell);
          if (b.data == nullptr) continue;
          for (Index d = 0; d < dims(); ++d) {
            Scalar* gradient = b_gradient.row(d) + cell;
            store<Scalar>(gradient, load(gradient) + load(chain_gradient.data() + row_size() + d * kWidth));
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
