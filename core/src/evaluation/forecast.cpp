#include "cellmnn/forecast.hpp"

#include <algorithm>
#include <cmath>

namespace cellmnn {
namespace {

constexpr double kLeastVariance = 0.01;  // of the mean one
constexpr std::size_t kLeastInner = 2;
constexpr Index kLeastKnown = 2;

/// The two-sided quantile kCoverage of Student's t: Abramowitz and Stegun, 26.7.5, to 0.4 % from 2 degrees
/// on.
double student(double degrees) {
  constexpr double z = 1.2815515655446004;  // of the normal distribution
  constexpr double z2 = z * z, g1 = z * (z2 + 1) / 4, g2 = z * ((5 * z2 + 16) * z2 + 3) / 96,
                   g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  return z + (g1 + (g2 + g3 / degrees) / degrees) / degrees;
}

Vector<double> mean_of(const Matrix<double>& rows) { return rows.colwise().mean(); }

/// (J) over the rows, n - 1 in the denominator; 0 for one row.
Vector<double> variance_of(const Matrix<double>& rows) {
  const Matrix<double> centred = rows.rowwise() - mean_of(rows).transpose();
  return centred.colwise().squaredNorm().transpose() /
         static_cast<double>(std::max<Index>(1, rows.rows() - 1));
}

}  // namespace

double gap_around(double before, double time, std::optional<double> after) {
  return after ? (time - before) * (*after - time) / (*after - before) : time - before;
}

std::optional<Vector<double>> half_widths(const Matrix<double>& known, const Forecast& forecast,
                                          const std::vector<Forecast>& inner) {
  if (inner.size() < kLeastInner || known.rows() < kLeastKnown) return std::nullopt;
  const Vector<double> over_time = variance_of(known);
  const Vector<double> least = (over_time.array() + kLeastVariance * over_time.mean()).matrix();
  if (least.minCoeff() <= 0) return std::nullopt;  // nothing ever changed
  const auto squares = [&](const Forecast& each) -> Vector<double> {
    return each.gap * (least + variance_of(each.predicted));
  };
  double sum = 0;
  for (const Forecast& each : inner) {
    const Vector<double> errors = mean_of(each.predicted) - each.measured;
    sum += (errors.array().square() / squares(each).array()).mean();
  }
  const auto count = static_cast<double>(inner.size());
  return Vector<double>(student(count) * std::sqrt(sum / count) * squares(forecast).cwiseSqrt());
}

ForecastValues with_intervals(const Forecast& forecast, const Matrix<double>& known,
                              const std::vector<Forecast>& inner) {
  ForecastValues values{mean_of(forecast.predicted), forecast.measured, {}, {}};
  if (const auto half = half_widths(known, forecast, inner)) {
    values.low = values.predicted - *half;
    values.high = values.predicted + *half;
  }
  return values;
}

}  // namespace cellmnn
