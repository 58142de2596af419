#include "wasserstein_problem.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace cellmnn {
namespace {

constexpr std::ptrdiff_t kClusterPoints = 8;
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

/// Halves a set of points at the median of its widest coordinate until the parts are small.
class Clusters {
 public:
  Clusters(const Matrix<double>& points, const Masses& masses) : points_(points), masses_(masses) {
    std::vector<Index> members(masses.size());
    std::iota(members.begin(), members.end(), Index{0});
    split(members.begin(), members.end());
  }

  Matrix<double> centres() const {
    return Eigen::Map<const Matrix<double>>(centres_.data(), static_cast<Index>(sums_.size()), points_.cols());
  }
  Masses& masses() { return sums_; }

 private:
  using Member = std::vector<Index>::iterator;

  void split(Member begin, Member end) {
    const Eigen::RowVectorXd extent = extent_of(begin, end);
    Index widest = 0;
    if (end - begin <= kClusterPoints || extent.maxCoeff(&widest) == 0) {
      add(begin, end);
      return;
    }
    const Member middle = begin + (end - begin) / 2;
    std::nth_element(begin, middle, end, [&](Index p, Index q) {
      return std::pair(points_(p, widest), p) < std::pair(points_(q, widest), q);
    });
    split(begin, middle);
    split(middle, end);
  }

  Eigen::RowVectorXd extent_of(Member begin, Member end) const {
    Eigen::RowVectorXd low = points_.row(*begin), high = low;
    for (Member p = begin; p != end; ++p) {
      low = low.cwiseMin(points_.row(*p));
      high = high.cwiseMax(points_.row(*p));
    }
    return high - low;
  }

  void add(Member begin, Member end) {
    std::int64_t sum = 0;
    Eigen::RowVectorXd moment = Eigen::RowVectorXd::Zero(points_.cols());
    for (Member p = begin; p != end; ++p) {
      const std::int64_t mass = masses_[static_cast<std::size_t>(*p)];
      sum += mass;
      moment += static_cast<double>(mass) * points_.row(*p);
    }
    sums_.push_back(sum);
    moment /= static_cast<double>(sum);
    centres_.insert(centres_.end(), moment.begin(), moment.end());
  }

  const Matrix<double>& points_;
  const Masses& masses_;
  std::vector<double> centres_;
  Masses sums_;
};

}  // namespace

double transport_cost(const Matrix<double>& x, Index i, const Matrix<double>& y, Index j, TransportCost kind) {
  const double* const p = x.data() + i * x.cols();
  const double* const q = y.data() + j * y.cols();
  double square = 0;
  for (Index d = 0; d < x.cols(); ++d) square += (p[d] - q[d]) * (p[d] - q[d]);
  return kind == TransportCost::euclidean ? std::sqrt(square) : square;
}

double TransportProblem::largest_cost() const {
  const double square = 4 * static_cast<double>(x.cols());
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
  Clusters x(problem.x, problem.a), y(problem.y, problem.b);
  return {x.centres(), y.centres(), std::move(x.masses()), std::move(y.masses()), problem.kind};
}

}  // namespace cellmnn
