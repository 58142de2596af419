#include "transport/problem.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "transport/order.hpp"

namespace cellmnn {
namespace {

constexpr Index kClusterPoints = 5;
constexpr int kMassBits = 60;

/// Masses that sum to 2^kMassBits.
Masses rounded_masses(const Vector<double>& weights) {
  const double unit = std::ldexp(1.0, kMassBits) / weights.sum();
  Masses masses(static_cast<std::size_t>(weights.size()));
  std::int64_t rest = std::int64_t{1} << kMassBits;
  for (std::size_t i = 0; i < masses.size(); ++i) {
    masses[i] = std::max<std::int64_t>(1, std::llround(weights(static_cast<Index>(i)) * unit));
    rest -= masses[i];
  }
  *std::max_element(masses.begin(), masses.end()) += rest;
  return masses;
}

struct WeightedPoints {
  Matrix<double> points;
  Masses masses;
};

WeightedPoints clustered(const Matrix<double>& points, const Masses& masses) {
  const std::vector<Index> order = spatial_order(points, kClusterPoints);
  const Index clusters = (points.rows() + kClusterPoints - 1) / kClusterPoints;
  WeightedPoints result{Matrix<double>::Zero(clusters, points.cols()),
                        Masses(static_cast<std::size_t>(clusters))};
  for (Index c = 0; c < clusters; ++c) {
    std::int64_t& sum = result.masses[static_cast<std::size_t>(c)];
    for (Index k = c * kClusterPoints; k < std::min((c + 1) * kClusterPoints, points.rows()); ++k) {
      const Index p = order[static_cast<std::size_t>(k)];
      const std::int64_t mass = masses[static_cast<std::size_t>(p)];
      result.points.row(c) += static_cast<double>(mass) * points.row(p);
      sum += mass;
    }
    result.points.row(c) /= static_cast<double>(sum);
  }
  return result;
}

}  // namespace

double transport_cost(const Matrix<double>& x, Index i, const Matrix<double>& y, Index j,
                      TransportCost kind) {
  const double* const p = x.data() + i * x.cols();
  const double* const q = y.data() + j * y.cols();
  double square = 0;
  for (Index d = 0; d < x.cols(); ++d) square += (p[d] - q[d]) * (p[d] - q[d]);
  return kind == TransportCost::euclidean ? std::sqrt(square) : square;
}

double largest_cost(Index dims, TransportCost kind) {
  const double square = 4 * static_cast<double>(dims);
  return kind == TransportCost::euclidean ? std::sqrt(square) : square;
}

double normalise(Matrix<double>& x, Matrix<double>& y, TransportCost kind) {
  const Eigen::RowVectorXd low = x.colwise().minCoeff().cwiseMin(y.colwise().minCoeff());
  const Eigen::RowVectorXd high = x.colwise().maxCoeff().cwiseMax(y.colwise().maxCoeff());
  const Eigen::RowVectorXd centre = low + (high - low) / 2;
  int exponent = 0;
  std::frexp((high - low).maxCoeff() / 2, &exponent);
  for (Matrix<double>* points : {&x, &y}) {
    points->rowwise() -= centre;
    *points = points->unaryExpr([exponent](double value) { return std::ldexp(value, -exponent); });
  }
  return std::ldexp(1.0, kind == TransportCost::euclidean ? exponent : 2 * exponent);
}

void set_masses(TransportProblem& problem, const Vector<double>& a, const Vector<double>& b) {
  const Index n = problem.sources(), m = problem.targets();
  if (a.size() == 0 && b.size() == 0) {
    const std::int64_t divisor = std::gcd(std::int64_t{n}, std::int64_t{m});
    problem.a.assign(static_cast<std::size_t>(n), m / divisor);
    problem.b.assign(static_cast<std::size_t>(m), n / divisor);
  } else {
    problem.a = rounded_masses(a.size() == 0 ? Vector<double>::Ones(n) : a);
    problem.b = rounded_masses(b.size() == 0 ? Vector<double>::Ones(m) : b);
  }
}

TransportProblem coarsened(const TransportProblem& problem) {
  WeightedPoints x = clustered(problem.x, problem.a), y = clustered(problem.y, problem.b);
  return {std::move(x.points), std::move(y.points), std::move(x.masses), std::move(y.masses), problem.kind};
}

}  // namespace cellmnn
