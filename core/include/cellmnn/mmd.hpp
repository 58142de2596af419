/// Squared maximum mean discrepancy with the Laplace kernel k(u, v) = exp(-max(|u - v|_1 / D, 1e-8) / sigma).
#pragma once

#include "cellmnn/field.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// The biased estimate (the means include the diagonal) between u (n, D) and v (m, D).
/// Memory does not grow with n or m beyond a copy of the points.
double mmd2(const MatrixView<double>& u, const MatrixView<double>& v, double sigma, Executor& executor);

/// Points as rows of cells contiguous in memory: feature d of point i is data[d * stride + i].
template <typename Scalar>
struct PointsView {
  const Scalar* data;
  Index stride;
  Index points;
};

/// For rows [begin, begin + count) of u: adds the gradient of `weight` * MMD^2(u, v) with respect
/// to u to u_grad (same layout as u) and returns their share of mean k(u, u) - 2 mean k(u, v).
template <typename Scalar>
Scalar mmd2_rows(const PointsView<Scalar>& u, const PointsView<Scalar>& v, Index dims, Scalar sigma,
                 Index begin, Index count, Scalar weight, Scalar* u_grad, Index grad_stride);

/// mean k(v, v).
template <typename Scalar>
Scalar mean_kernel(const PointsView<Scalar>& v, Index dims, Scalar sigma);

}  // namespace cellmnn
