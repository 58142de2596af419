#include "wasserstein_pricing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "lanes.hpp"

namespace cellmnn {
namespace {

constexpr Index kChunk = 64;  // targets that are screened together

constexpr Index chunks(Index targets) { return (targets + kChunk - 1) / kChunk; }

}  // namespace

Vector<double> c_transform(const Matrix<double>& x, const Matrix<double>& points, const Vector<double>& duals,
                           TransportCost kind) {
  constexpr Index kBlock = 512;
  const Matrix<double> by_dimension = points.transpose();
  Eigen::ArrayXd cost;
  Vector<double> least = Vector<double>::Constant(x.rows(), std::numeric_limits<double>::infinity());
  for (Index i = 0; i < x.rows(); ++i) {
    for (Index begin = 0; begin < points.rows(); begin += kBlock) {
      const Index count = std::min(kBlock, points.rows() - begin);
      cost.setZero(count);
      for (Index d = 0; d < x.cols(); ++d) {
        cost += (by_dimension.row(d).segment(begin, count).transpose().array() - x(i, d)).square();
      }
      if (kind == TransportCost::euclidean) cost = cost.sqrt();
      least(i) = std::min(least(i), (cost - duals.segment(begin, count).array()).minCoeff());
    }
  }
  return least;
}

ArcFinder::ArcFinder(const TransportProblem& problem)
    : problem_(problem),
      y_(Matrix<float>::Zero(problem.y.cols(), chunks(problem.targets()) * kChunk)),
      margin_(1e-6F * static_cast<float>(1 + problem.largest_cost())) {
  y_.leftCols(problem.targets()) = problem.y.transpose().cast<float>();
}

std::vector<Arc> ArcFinder::below(double limit, std::size_t most, const Duals& duals) const {
  using V = Lanes<float>;
  const Index n = problem_.sources(), m = problem_.targets(), dims = y_.rows(), chunk_count = y_.cols() / kChunk;
  const Matrix<float> x = problem_.x.cast<float>();
  Vector<float> target_dual = Vector<float>::Constant(y_.cols(), -std::numeric_limits<float>::infinity());
  target_dual.head(m) = duals.target.cast<float>();
  const bool squared = problem_.kind == TransportCost::squared_euclidean;

  struct Candidate {
    double reduced_cost;
    Arc arc;
  };
  std::vector<Candidate> candidates;
  std::vector<Arc> arcs;
  for (Index i = 0; i < n; ++i) {
    const float base = static_cast<float>(duals.source(i) + limit) + margin_;
    candidates.clear();
    // Each source begins elsewhere, so that sources with equal costs do not all find the same targets.
    for (Index k = 0; k < chunk_count; ++k) {
      const Index begin = (i * chunk_count / n + k) % chunk_count * kChunk;
      V found{};
      for (Index j = begin; j < begin + kChunk; j += kLanes<float>) {
        V square{};
        for (Index d = 0; d < dims; ++d) {
          const V difference = load(y_.data() + d * y_.cols() + j) - x(i, d);
          square += difference * difference;
        }
        // cost < bound, without a square root.
        const V bound = load(target_dual.data() + j) + base;
        const V excess = (squared ? bound : bound * abs_lanes<float>(bound)) - square;
        found = max_lanes<float>(found, excess);
      }
      float largest = 0;
      for (Index lane = 0; lane < kLanes<float>; ++lane) largest = std::max(largest, found[lane]);
      if (!(largest > 0)) continue;
      for (Index j = begin; j < std::min(begin + kChunk, m); ++j) {
        const double cost = problem_.cost(i, j);
        const double reduced_cost = cost - duals.source(i) - duals.target(j);
        if (reduced_cost < limit) {
          candidates.push_back({reduced_cost, {static_cast<std::int32_t>(i), static_cast<std::int32_t>(j), cost}});
        }
      }
    }
    if (candidates.size() > most) {
      std::nth_element(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(most), candidates.end(),
                       [](const Candidate& p, const Candidate& q) { return p.reduced_cost < q.reduced_cost; });
      candidates.resize(most);
    }
    for (const Candidate& candidate : candidates) arcs.push_back(candidate.arc);
  }
  return arcs;
}

double ArcFinder::limit_for(Index per_source, const Duals& duals) const {
  constexpr Index kSamples = 64;
  const Index samples = std::min(kSamples, problem_.sources());
  std::vector<double> reduced_costs;
  for (Index s = 0; s < samples; ++s) {
    const Index i = s * problem_.sources() / samples;
    for (Index j = 0; j < problem_.targets(); ++j) {
      reduced_costs.push_back(problem_.cost(i, j) - duals.source(i) - duals.target(j));
    }
  }
  const Index rank = std::min(samples * per_source, samples * problem_.targets() - 1);
  const auto limit = reduced_costs.begin() + rank;
  std::nth_element(reduced_costs.begin(), limit, reduced_costs.end());
  return *limit;
}

}  // namespace cellmnn
