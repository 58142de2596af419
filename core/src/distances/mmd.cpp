#include "cellmnn/mmd.hpp"

#include <string>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "distances/kernel_sums.hpp"
#include "distances/weighted_points.hpp"

namespace cellmnn {
namespace {

constexpr Index kBlockCells = 1024;

}  // namespace

double mmd2(const MatrixView<double>& u, const MatrixView<double>& v, double sigma, Executor& executor,
            const Vector<double>& u_weights, const Vector<double>& v_weights) {
  if (u.rows() == 0 || v.rows() == 0 || u.cols() != v.cols() || u.cols() == 0 || u.cols() > kMaxDims) {
    throw Error(ErrorCode::bad_input,
                "the MMD needs two sets of points that are not empty and have the same dimensions, 1 to " +
                    std::to_string(kMaxDims) + "; got " + shape_text(u) + " and " + shape_text(v));
  }
  const Index dims = u.cols();
  const WeightedPoints a(u, u_weights), b(v, v_weights);
  const auto mean = [&](const WeightedPoints& left, const WeightedPoints& right) {
    return sum_over_blocks(left.points.rows(), kBlockCells, executor, [&](Index begin, Index count) {
      Field<double> cells(dims, count), weights(1, count);
      const Index stride = left.points.outerStride();
      cells_to_field(left.points.data() + begin * stride, stride, dims, cells.view());
      cells_to_field(left.weights.data() + begin, 1, 1, weights.view());
      return kernel_sum<double>(cells.view(), points_of<double>(right.points), dims, sigma, weights.row(0),
                                right.weights.data());
    });
  };
  return mean(a, a) + mean(b, b) - 2 * mean(a, b);
}

}  // namespace cellmnn
