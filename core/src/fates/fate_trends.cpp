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

CourseTrends course_trends(const TimeCourse& data, const Fates& fates, const std::vector<Index>& genes,
                           int steps) {
  const auto snapshots = static_cast<Index>(data.snapshots.size()), count = static_cast<Index>(genes.size());
  std::vector<double> measured;
  for (const Snapshot& snapshot : data.snapshots) measured.push_back(snapshot.time);
  CourseTrends trends;
  for (std::size_t s = 0; s + 1 < measured.size(); ++s) {
    for (int k = 0; k < steps; ++k) {
      trends.times.push_back(measured[s] + (measured[s + 1] - measured[s]) * k / steps);
    }
  }
  trends.times.push_back(measured.back());
  trends.all.resize(snapshots, count);
  std::vector<Trend> at_snapshots(static_cast<std::size_t>(fates.base_rates.size()),
                                  {Matrix<double>(snapshots, count), Matrix<double>(snapshots, count)});
  for (Index s = 0; s < snapshots; ++s) {
    const auto at = static_cast<std::size_t>(s);
    const Matrix<float> expression = data.snapshots[at].expression(Eigen::all, genes);
    trends.all.row(s) = expression.cast<double>().colwise().mean();
    const Trend here = fate_means(expression, fates.reached[at]);
    for (std::size_t f = 0; f < at_snapshots.size(); ++f) {
      at_snapshots[f].mean.row(s) = here.mean.row(static_cast<Index>(f));
      at_snapshots[f].error.row(s) = here.error.row(static_cast<Index>(f));
    }
  }
  for (const Trend& trend : at_snapshots) {
    trends.of_fates.push_back({between_times(measured, trend.mean, trends.times),
                               between_times(measured, trend.error, trends.times)});
  }
  return trends;
}

}  // namespace cellmnn
