/// Sums of the Laplace kernel k(u, v) = exp(-max(|u - v|_1 / D, 1e-8) / sigma) over pairs of points.
#pragma once

#include "cellmnn/types.hpp"
#include "lanes/field.hpp"

namespace cellmnn {

/// Points with any layout: coordinate d of point i is data[i * point_stride + d * dim_stride].
template <typename Scalar>
struct PointsView {
  const Scalar* data;
  Index points;
  Index point_stride;
  Index dim_stride;
};

template <typename Scalar>
PointsView<Scalar> points_of(const MatrixView<Scalar>& cells) {
  return {cells.data(), cells.rows(), cells.outerStride(), 1};
}

template <typename Scalar>
PointsView<Scalar> points_of(const FieldView<const Scalar>& field) {
  return {field.data, field.cells, 1, field.stride};
}

/// The sum over all cells x of a field (D, n) and all points p of weight(x) weight(p) k(x, p). Weights
/// may be null: 1 for all; those of cells must be readable up to padded(n).
template <typename Scalar>
Scalar kernel_sum(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims,
                  Scalar sigma, const Scalar* cell_weights = nullptr, const Scalar* point_weights = nullptr);

/// As kernel_sum() without weights, and adds `weight` times its gradient with respect to x (points held
/// fixed) to `gradient` (D, n). The kernel is constant where |x - p|_1 / D < 1e-8.
template <typename Scalar>
Scalar kernel_sum_gradient(const FieldView<const Scalar>& x, const PointsView<Scalar>& points, Index dims,
                           Scalar sigma, Scalar weight, const FieldView<Scalar>& gradient);

/// Weights of both sides, and where the sums of single cells are wanted.
template <typename Scalar>
struct KernelWeights {
  const Scalar* cells;   ///< (n), readable up to padded(n)
  const Scalar* points;  ///< or null: 1 for all
  Scalar* cell_sums;     ///< (n), to padded(n)
};

/// The same with weights. Adds `weight` times the sum over points of weight(p) k(x, p) to the sum of each
/// cell x, whose own weight is not in it: this is the derivative with respect to it.
template <typename Scalar>
Scalar weighted_kernel_gradient(const FieldView<const Scalar>& x, const PointsView<Scalar>& points,
                                Index dims, Scalar sigma, const KernelWeights<Scalar>& weights, Scalar weight,
                                const FieldView<Scalar>& gradient);

}  // namespace cellmnn
