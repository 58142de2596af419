#include "model/bridge.hpp"

#include <vector>

#include "cellmnn/displacement.hpp"

namespace cellmnn {

Matrix<double> shortfall(const PointCloud& arrived, const Matrix<double>& measured, std::uint64_t seed) {
  Matrix<double> ways = Matrix<double>::Zero(arrived.points.rows(), arrived.points.cols());
  Vector<double> masses = Vector<double>::Zero(arrived.points.rows());
  for (const TransportEntry& entry :
       displacement_plan(arrived, {measured, {}}, TransportCost::squared_euclidean, seed)) {
    ways.row(entry.source) += entry.mass * (measured.row(entry.target) - arrived.points.row(entry.source));
    masses(entry.source) += entry.mass;
  }
  std::vector<Index> known, unknown;
  for (Index i = 0; i < ways.rows(); ++i) {
    if (masses(i) > 0) ways.row(i) /= masses(i);
    (masses(i) > 0 ? known : unknown).push_back(i);
  }
  const Matrix<double> places = arrived.points(known, Eigen::all);
  for (const Index i : unknown) {
    Index nearest = 0;
    (places.rowwise() - arrived.points.row(i)).rowwise().squaredNorm().minCoeff(&nearest);
    ways.row(i) = ways.row(known[static_cast<std::size_t>(nearest)]);
  }
  return ways;
}

}  // namespace cellmnn
