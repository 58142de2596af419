#include "cellmnn/mmd.hpp"

#include <algorithm>
#include <vector>

#include "cellmnn/error.hpp"
#include "lanes.hpp"

namespace cellmnn {
namespace {

constexpr double kLeastDistance = 1e-8;
constexpr Index kBlockCells = 1024;

/// Lanes are cells x; the loop goes over the points. `gradient` is not used without WithGradient.
template <bool WithGradient, typename Scalar>
Scalar kernel_sum_lanes(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims,
                        Scalar sigma, Scalar weight, const FieldView<Scalar>& gradient) {
  using V = Lanes<Scalar>;
  const Scalar per_dim = Scalar(1) / static_cast<Scalar>(dims);
  const Scalar rate = Scalar(-1) / sigma;
  const V least = broadcast(static_cast<Scalar>(kLeastDistance));
  Scalar total = 0;
  for (Index i = 0; i < x.cells; i += kLanes<Scalar>) {
    V cell[kMaxDims];
    V slope_sum[kMaxDims];
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
      sum += kernel;
      if constexpr (WithGradient) {
        const V slope = distance >= least ? kernel : V{};
        for (Index d = 0; d < dims; ++d) {
          const V delta = cell[d] - point[d * points.dim_stride];
          slope_sum[d] += delta > 0 ? slope : (delta < 0 ? -slope : V{});
        }
      }
    }
    const V real = first_lanes<Scalar>(x.cells - i);
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
Scalar kernel_sum(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims, Scalar sigma) {
  return kernel_sum_lanes<false, Scalar>(x, points, dims, sigma, Scalar(0), {});
}

template <typename Scalar>
Scalar kernel_sum_gradient(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims,
                           Scalar sigma, Scalar weight, const FieldView<Scalar>& gradient) {
  return kernel_sum_lanes<true, Scalar>(x, points, dims, sigma, weight, gradient);
}

double mmd2(const MatrixView<double>& u, const MatrixView<double>& v, double sigma, Executor& executor) {
  if (u.rows() == 0 || v.rows() == 0 || u.cols() != v.cols() || u.cols() == 0 || u.cols() > kMaxDims) {
    throw Error(ErrorCode::bad_input, "the MMD needs two sets of points that are not empty and have the same "
                                      "dimensions; got (" + std::to_string(u.rows()) + ", " +
                                          std::to_string(u.cols()) + ") and (" + std::to_string(v.rows()) + ", " +
                                          std::to_string(v.cols()) + ")");
  }
  const Index dims = u.cols();
  const auto mean = [&](const MatrixView<double>& a, const MatrixView<double>& b) {
    const Index blocks = (a.rows() + kBlockCells - 1) / kBlockCells;
    std::vector<double> sums(static_cast<std::size_t>(blocks));
    executor.run(blocks, [&](Index block) {
      const Index begin = block * kBlockCells;
      Field<double> cells(dims, std::min(kBlockCells, a.rows() - begin));
      cells_to_field(a.data() + begin * a.outerStride(), a.outerStride(), dims, cells.view());
      sums[static_cast<std::size_t>(block)] =
          kernel_sum<double>(cells.view(), points_of<double>(b), dims, sigma);
    });
    double total = 0;
    for (const double sum : sums) total += sum;
    return total / static_cast<double>(a.rows()) / static_cast<double>(b.rows());
  };
  return mean(u, u) + mean(v, v) - 2 * mean(u, v);
}

template float kernel_sum(const FieldView<const float>&, const PointsView<float>&, Index, float);
template double kernel_sum(const FieldView<const double>&, const PointsView<double>&, Index, double);
template float kernel_sum_gradient(const FieldView<const float>&, const PointsView<float>&, Index, float, float,
                                   const FieldView<float>&);
template double kernel_sum_gradient(const FieldView<const double>&, const PointsView<double>&, Index, double,
                                    double, const FieldView<double>&);

}  // namespace cellmnn
