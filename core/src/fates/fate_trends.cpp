#include "cellmnn/fate_trends.hpp"

#include <limits>

#include "base/monotone_cubic.hpp"

namespace cellmnn {

Trend fate_means(const MatrixView<float>& expression, const Matrix<double>& reached) {
  const Index fates = reached.cols(), genes = expression.cols();
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  Trend trend{Matrix<double>::Constant(fates, genes, unknown),
              Matrix<double>::Constant(fates, genes, unknown)};
  for (Index f = 0; f < fates; ++f) {
    const double sum = reached.col(f).sum();
    if (!(sum > 0)) continue;
    const Eigen::RowVectorXd weights = reached.col(f).transpose() / sum;
    Eigen::RowVectorXd mean = Eigen::RowVectorXd::Zero(genes), squares = mean;
    for (Index i = 0; i < expression.rows(); ++i) mean += weights(i) * expression.row(i).cast<double>();
    for (Index i = 0; i < expression.rows(); ++i) {
      squares += weights(i) * weights(i) * (expression.row(i).cast<double>() - mean).cwiseAbs2();
    }
    trend.mean.row(f) = mean;
    trend.error.row(f) = squares.cwiseSqrt();
  }
  return trend;
}

Matrix<double> between_times(const std::vector<double>& measured, const Matrix<double>& values,
                             const std::vector<double>& times) {
  Matrix<double> result(static_cast<Index>(times.size()), values.cols());
  std::vector<double> nodes(measured.size());
  for (Index g = 0; g < values.cols(); ++g) {
    for (std::size_t k = 0; k < nodes.size(); ++k) nodes[k] = values(static_cast<Index>(k), g);
    for (std::size_t t = 0; t < times.size(); ++t) {
      result(static_cast<Index>(t), g) = monotone_cubic(measured, nodes, times[t]);
    }
  }
  return result;
}

}  // namespace cellmnn
