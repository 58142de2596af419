#include "transport/entropic.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cellmnn/error.hpp"

namespace cellmnn {
namespace {

constexpr int kIterations = 100;
constexpr double kLargestExponent = 600;  // of exp(-x), which is then still above 0
constexpr double kTiny = 1e-300;

/// Of an even number of values, the mean of the middle two.
double median(const Matrix<double>& matrix) {
  std::vector<double> values(matrix.data(), matrix.data() + matrix.size());
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

/// Both scalings in one pass over the rows an iteration.
void balance(Matrix<double>& kernel) {
  const auto n = static_cast<double>(kernel.rows()), m = static_cast<double>(kernel.cols());
  Vector<double> u = Vector<double>::Ones(kernel.rows()), v;
  Vector<double> column_sums = kernel.colwise().sum().transpose();
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    v = (1 / m) / (column_sums.array() + kTiny);
    column_sums.setZero();
    for (Index i = 0; i < kernel.rows(); ++i) {
      u(i) = (1 / n) / (kernel.row(i).dot(v) + kTiny);
      column_sums += u(i) * kernel.row(i).transpose();
    }
  }
  kernel = u.asDiagonal() * kernel * v.asDiagonal();
  kernel /= kernel.sum();
}

}  // namespace

void make_entropic_plan(Matrix<double>& costs, double regularisation) {
  double scale = median(costs);
  if (scale == 0) scale = costs.mean();
  if (!costs.allFinite()) {
    throw Error(ErrorCode::numerical, "costs between the cells of two snapshots are not finite");
  }
  costs.colwise() -= Vector<double>(costs.rowwise().minCoeff());
  costs.rowwise() -= costs.colwise().minCoeff().eval();
  if (scale == 0) scale = 1;  // all costs are 0
  costs = (-(costs.array() / (regularisation * scale)).cwiseMin(kLargestExponent)).exp().matrix();
  balance(costs);
}

}  // namespace cellmnn
