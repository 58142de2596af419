#include "native/io/h5ad/centring.hpp"

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>

namespace cellmnn {

Centring centring(const Matrix<double>& products, const Matrix<float>& coordinates) {
  const auto rms = [](const Matrix<double>& values) {
    const Eigen::RowVectorXd mean = values.colwise().mean();
    return (values.rowwise() - mean).norm() / std::sqrt(static_cast<double>(values.rows()));
  };
  const Matrix<double> differences = products - coordinates.cast<double>();
  Centring result{differences.colwise().mean().transpose(), 0, rms(coordinates.cast<double>())};
  result.misfit =
      result.spread > 0 ? rms(differences) / result.spread : std::numeric_limits<double>::infinity();
  if (std::isnan(result.misfit)) result.misfit = std::numeric_limits<double>::infinity();
  return result;
}

Vector<float> mean_with_offset(const Vector<double>& mean, const Matrix<float>& loadings,
                               const Vector<double>& offset) {
  const Eigen::MatrixXd v = loadings.cast<double>();
  const Eigen::VectorXd missing = offset - v.transpose() * mean;
  const Eigen::MatrixXd gram = v.transpose() * v;
  const Eigen::VectorXd correction = v * gram.ldlt().solve(missing);
  return (mean + correction).cast<float>();
}

double offset_error(const Vector<double>& mean, const Matrix<float>& loadings, const Centring& centring) {
  const Eigen::VectorXd product = loadings.cast<double>().transpose() * mean;
  return (product - centring.offset).norm() / centring.spread;
}

}  // namespace cellmnn
