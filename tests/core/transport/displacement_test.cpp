#include "cellmnn/displacement.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>

#include "catch.hpp"
#include "gradient_check.hpp"

using namespace cellmnn;
using cellmnn::testing::random_matrix;

namespace {

using Square = Eigen::MatrixXd;

/// Points whose mean and covariance are exactly these.
Matrix<double> gaussian_points(const Eigen::VectorXd& mean, const Square& covariance, Index count) {
  Matrix<double> points = random_matrix(count, mean.size(), 7);
  points.rowwise() -= points.colwise().mean().eval();
  const Square found = points.transpose() * points / static_cast<double>(count);
  const Square unit = found.llt().matrixL();
  const Square wanted = covariance.llt().matrixL();
  points = (wanted * unit.triangularView<Eigen::Lower>().solve(points.transpose())).transpose().eval();
  points.rowwise() += mean.transpose();
  return points;
}

Square root(const Square& matrix) { return Eigen::SelfAdjointEigenSolver<Square>(matrix).operatorSqrt(); }

Square covariance_of(const PointCloud& cloud, const Eigen::RowVectorXd& mean) {
  const Matrix<double> centred = cloud.points.rowwise() - mean;
  return centred.transpose() * cloud.weights.asDiagonal() * centred;
}

}  // namespace

TEST_CASE("displacement interpolation of two Gaussians is that of the formula", "[transport]") {
  const Square s0 = (Square(2, 2) << 2, 0.5, 0.5, 1).finished();
  const Square s1 = (Square(2, 2) << 0.5, -0.3, -0.3, 3).finished();
  const Eigen::VectorXd m0 = Eigen::Vector2d(1, -2), m1 = Eigen::Vector2d(4, 3);
  const Matrix<double> begin = gaussian_points(m0, s0, 60);
  // The optimal map is x -> m1 + T (x - m0) with this symmetric T.
  const Square r = root(s0), t = r.inverse() * root(r * s1 * r) * r.inverse();
  Matrix<double> end = ((begin.rowwise() - m0.transpose()) * t).rowwise() + m1.transpose();
  end.colwise().reverseInPlace();
  const std::vector<TransportEntry> plan =
      displacement_plan({begin, {}}, {end, {}}, TransportCost::squared_euclidean, 1);
  for (const double fraction : {0.0, 0.3, 0.5, 1.0}) {
    const PointCloud between = displaced(begin, end, plan, fraction);
    const Eigen::RowVectorXd mean = between.weights.transpose() * between.points;
    CHECK((mean.transpose() - ((1 - fraction) * m0 + fraction * m1)).norm() < 1e-12);
    const Square step = (1 - fraction) * Square::Identity(2, 2) + fraction * t;
    CHECK((covariance_of(between, mean) - step * s0 * step).norm() < 1e-12);
  }
}

TEST_CASE("displacement interpolation keeps the weights of both ends", "[transport]") {
  const PointCloud begin{random_matrix(7, 3, 1), Vector<double>::LinSpaced(7, 1, 7)};
  const PointCloud end{random_matrix(5, 3, 2), Vector<double>::LinSpaced(5, 5, 1)};
  Vector<double> sources = Vector<double>::Zero(7), targets = Vector<double>::Zero(5);
  for (const auto& [source, target, mass] :
       displacement_plan(begin, end, TransportCost::squared_euclidean, 1)) {
    sources(source) += mass;
    targets(target) += mass;
  }
  CHECK((sources - begin.weights / begin.weights.sum()).norm() < 1e-12);
  CHECK((targets - end.weights / end.weights.sum()).norm() < 1e-12);
}

TEST_CASE("beyond its limit a plan is between subsets drawn from the larger clouds", "[transport]") {
  const PointCloud begin{random_matrix(50, 2, 1), {}}, end{random_matrix(20, 2, 2), {}};
  const auto plan = [&](std::uint64_t seed, const PlanLimits& limits) {
    return displacement_plan(begin, end, TransportCost::squared_euclidean, seed, limits);
  };
  const PlanLimits limits{50 * 20 - 1, 30};
  const std::vector<TransportEntry> part = plan(1, limits);
  Vector<double> sources = Vector<double>::Zero(50), targets = Vector<double>::Zero(20);
  for (const auto& [source, target, mass] : part) {
    REQUIRE(source < 50);
    REQUIRE(target < 20);
    sources(source) += mass;
    targets(target) += mass;
  }
  const std::vector<Index> drawn = sampled_rows(begin, 30, 1, 1);
  for (Index i = 0; i < 50; ++i) {
    const auto times = static_cast<double>(std::count(drawn.begin(), drawn.end(), i));
    CHECK(std::abs(sources(i) - times / 30) < 1e-12);
  }
  CHECK((targets.array() - 1.0 / 20).abs().maxCoeff() < 1e-12);

  const auto points = [&](const std::vector<TransportEntry>& of) {
    return displaced(begin.points, end.points, of, 0.5).points;
  };
  CHECK(points(plan(1, limits)) == points(part));
  CHECK(points(plan(2, limits)).sum() != points(part).sum());
  CHECK(plan(1, {50 * 20, 30}).size() > part.size());
}
