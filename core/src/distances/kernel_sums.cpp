#include "distances/kernel_sums.hpp"

#include "lanes/fixed_dims.hpp"
#include "lanes/lanes.hpp"

namespace cellmnn {
namespace {

constexpr double kLeastDistance = 1e-8;

enum class Wanted { sum, gradient, weighted_gradient };

/// Lanes are cells x; the loop goes over the points. `weight` and `gradient` are not used for a sum,
/// `weights` not for a gradient without them.
template <Wanted wanted, Index FixedDims, typename Scalar>
Scalar kernel_sum_lanes(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index any_dims,
                        Scalar sigma, const KernelWeights<Scalar>& weights, Scalar weight,
                        const FieldView<Scalar>& gradient) {
  constexpr bool kWithGradient = wanted != Wanted::sum, kWithWeights = wanted != Wanted::gradient;
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
      V kernel = exp_nonpositive<Scalar>(max_lanes<Scalar>(distance, least) * rate);
      if (kWithWeights && weights.points != nullptr) kernel *= weights.points[j];
      sum += kernel;
      if constexpr (kWithGradient) {
        const V slope = distance >= least ? kernel : V{};
        for (Index d = 0; d < dims; ++d) {
          const V delta = cell[d] - point[d * points.dim_stride];
          slope_sum[d] += delta != 0 ? with_sign_of<Scalar>(slope, delta) : V{};
        }
      }
    }
    const V real = first_lanes<Scalar>(x.cells - i);
    V scale = real * (weight * rate * per_dim);
    if constexpr (wanted == Wanted::weighted_gradient) {
      store<Scalar>(weights.cell_sums + i, load(weights.cell_sums + i) + sum * real * weight);
      scale *= load(weights.cells + i);
    }
    if (kWithWeights && weights.cells != nullptr) sum *= load(weights.cells + i);
    total += sum_lanes<Scalar>(sum * real);
    if constexpr (kWithGradient) {
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
    return kernel_sum_lanes<Wanted::sum, fixed, Scalar>(
        x, points, dims, sigma, {cell_weights, point_weights, nullptr}, Scalar(0), {});
  });
}

template <typename Scalar>
Scalar kernel_sum_gradient(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims,
                           Scalar sigma, Scalar weight, const FieldView<Scalar>& gradient) {
  return with_fixed_dims(dims, [&](auto fixed) {
    return kernel_sum_lanes<Wanted::gradient, fixed, Scalar>(x, points, dims, sigma, {}, weight, gradient);
  });
}

template <typename Scalar>
Scalar weighted_kernel_gradient(const FieldView<const Scalar>& x, const PointsView<Scalar>& points,
                                Index dims, Scalar sigma, const KernelWeights<Scalar>& weights, Scalar weight,
                                const FieldView<Scalar>& gradient) {
  return with_fixed_dims(dims, [&](auto fixed) {
    return kernel_sum_lanes<Wanted::weighted_gradient, fixed, Scalar>(x, points, dims, sigma, weights, weight,
                                                                      gradient);
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
template float weighted_kernel_gradient(const FieldView<const float>&, const PointsView<float>&, Index, float,
                                        const KernelWeights<float>&, float, const FieldView<float>&);
template double weighted_kernel_gradient(const FieldView<const double>&, const PointsView<double>&, Index,
                                         double, const KernelWeights<double>&, double,
                                         const FieldView<double>&);

}  // namespace cellmnn
