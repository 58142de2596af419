#include "distances/kernel_sums.hpp"

#include "lanes/fixed_dims.hpp"
#include "lanes/lanes.hpp"

namespace cellmnn {
namespace {

constexpr double kLeastDistance = 1e-8;

/// Lanes are cells x; the loop goes over the points. `gradient` is not used without WithGradient.
template <bool WithGradient, Index FixedDims, typename Scalar>
Scalar kernel_sum_lanes(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index any_dims,
                        Scalar sigma, const Scalar* cell_weights, const Scalar* point_weights, Scalar weight,
                        const FieldView<Scalar>& gradient) {
  using V = Lanes<Scalar>;
  constexpr Index kRoom = FixedDims > 0 ? FixedDims : kMaxDims;
  const Index dims = FixedDims > 0 ? FixedDims : any_dims;
  const Scalar per_dim = Scalar(1) / static_cast<Scalar>(dims);
  const Scalar rate = Scalar(-1) / sigma;
  const V least = broadcast(static_cast<Scalar>(kLeastDistance));
  Scalar total = 0;
  for (Index i = 0; i < x.cells; i += kLanes<Scalar>) {
    V cell[kRoom];
    V slope_sum[kRoom];
    for (Index d = 0; d < dims; ++d) {
      cell[d] = load(x.row(d) + i);
      slope_sum[d] = V{};
    }
    V sum{};
    for (Index j = 0; j < points.points; ++j) {
      const Scalar* point = points.data + j * points.point_stride;
      V distance{};
      for (Index d = 0; d < dims; ++d) distance += abs_lanes<Scalar>(cell[d] - point[d * points.dim_stride]);
      distance *= per_dim;
      const V kernel = exp_nonpositive<Scalar>(max_lanes<Scalar>(distance, least) * rate);
      sum += point_weights == nullptr ? kernel : kernel * point_weights[j];
      if constexpr (WithGradient) {
        const V slope = distance >= least ? kernel : V{};
        for (Index d = 0; d < dims; ++d) {
          const V delta = cell[d] - point[d * points.dim_stride];
          slope_sum[d] += delta > 0 ? slope : (delta < 0 ? -slope : V{});
        }
      }
    }
    const V real = first_lanes<Scalar>(x.cells - i);
    if (cell_weights != nullptr) sum *= load(cell_weights + i);
    total += sum_lanes<Scalar>(sum * real);
    if constexpr (WithGradient) {
      const V scale = real * (weight * rate * per_dim);
      for (Index d = 0; d < dims; ++d) {
        store<Scalar>(gradient.row(d) + i, load(gradient.row(d) + i) + scale * slope_sum[d]);
      }
    }
  }
  return total;
}

}  // namespace

template <typename Scalar>
Scalar kernel_sum(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims,
                  Scalar sigma, const Scalar* cell_weights, const Scalar* point_weights) {
  return with_fixed_dims(dims, [&](auto fixed) {
    return kernel_sum_lanes<false, fixed, Scalar>(x, points, dims, sigma, cell_weights, point_weights,
                                                  Scalar(0), {});
  });
}

template <typename Scalar>
Scalar kernel_sum_gradient(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims,
                           Scalar sigma, Scalar weight, const FieldView<Scalar>& gradient) {
  return with_fixed_dims(dims, [&](auto fixed) {
    return kernel_sum_lanes<true, fixed, Scalar>(x, points, dims, sigma, nullptr, nullptr, weight, gradient);
  });
}

template float kernel_sum(const FieldView<const float>&, const PointsView<float>&, Index, float, const float*,
                          const float*);
template double kernel_sum(const FieldView<const double>&, const PointsView<double>&, Index, double,
                           const double*, const double*);
template float kernel_sum_gradient(const FieldView<const float>&, const PointsView<float>&, Index, float,
                                   float, const FieldView<float>&);
template double kernel_sum_gradient(const FieldView<const double>&, const PointsView<double>&, Index, double,
                                    double, const FieldView<double>&);

}  // namespace cellmnn
