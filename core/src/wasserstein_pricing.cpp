#include "wasserstein_pricing.hpp"

#include <algorithm>
#include <limits>

#include "lanes.hpp"

namespace cellmnn {
namespace {

constexpr Index kChunk = 64;  // keys that are screened by their minimum
constexpr float kInfinity = std::numeric_limits<float>::infinity();

Index padded_points(Index points) { return (points + kChunk - 1) / kChunk * kChunk; }

}  // namespace

Vector<double> c_transform(const Matrix<double>& from, const Matrix<double>& to, const Vector<double>& to_dual,
                           TransportCost kind) {
  constexpr Index kBlock = 512;
  const Matrix<double> by_dimension = to.transpose();
  Eigen::ArrayXd cost;
  Vector<double> least = Vector<double>::Constant(from.rows(), std::numeric_limits<double>::infinity());
  for (Index i = 0; i < from.rows(); ++i) {
    for (Index begin = 0; begin < to.rows(); begin += kBlock) {
      const Index count = std::min(kBlock, to.rows() - begin);
      cost.setZero(count);
      for (Index d = 0; d < from.cols(); ++d) {
        cost += (by_dimension.row(d).segment(begin, count).transpose().array() - from(i, d)).square();
      }
      if (kind == TransportCost::euclidean) cost = cost.sqrt();
      least(i) = std::min(least(i), (cost - to_dual.segment(begin, count).array()).minCoeff());
    }
  }
  return least;
}

PairFinder::PairFinder(const Matrix<double>& from, const Matrix<double>& to, TransportCost kind)
    : from_(from),
      to_(to),
      kind_(kind),
      lanes_(Matrix<float>::Zero(to.cols(), padded_points(to.rows()))),
      lane_dual_(Eigen::ArrayXf::Constant(lanes_.cols(), -kInfinity)),
      keys_(lanes_.cols()),
      chunk_minimum_(lanes_.cols() / kChunk),
      margin_(0) {
  lanes_.leftCols(to.rows()) = to.transpose().cast<float>();
}

void PairFinder::compute_keys(Index i) {
  using V = Lanes<float>;
  for (Index j = 0; j < lanes_.cols(); j += kLanes<float>) {
    V square{};
    for (Index d = 0; d < lanes_.rows(); ++d) {
      const V difference = load(lanes_.data() + d * lanes_.cols() + j) - static_cast<float>(from_(i, d));
      square += difference * difference;
    }
    store<float>(keys_.data() + j, square);
  }
  for (Index chunk = 0; chunk < chunk_minimum_.size(); ++chunk) {
    auto keys = keys_.segment<kChunk>(chunk * kChunk);
    const auto dual = lane_dual_.segment<kChunk>(chunk * kChunk);
    if (kind_ == TransportCost::euclidean) {
      keys = keys.sqrt() - dual;
    } else {
      keys -= dual;
    }
    chunk_minimum_(chunk) = keys.minCoeff();
  }
}

/// A limit of keys which no pair below `limit` exceeds, or one below which there surely are `most`.
float PairFinder::screening_limit(double limit, std::size_t most) {
  const auto wide = static_cast<float>(limit) + margin_;
  if (sorted_minimum_.size() < most) return wide;
  std::copy(chunk_minimum_.begin(), chunk_minimum_.end(), sorted_minimum_.begin());
  const auto rank = sorted_minimum_.begin() + static_cast<std::ptrdiff_t>(most) - 1;
  std::nth_element(sorted_minimum_.begin(), rank, sorted_minimum_.end());
  return *rank < static_cast<float>(limit) - margin_ ? *rank : wide;
}

std::vector<PairFinder::Pair> PairFinder::below(const Vector<double>& limit, std::size_t most,
                                                const Vector<double>& to_dual) {
  lane_dual_.head(to_.rows()) = to_dual.array().cast<float>();
  margin_ = 1e-6F * (4 * static_cast<float>(to_.cols()) + static_cast<float>(to_dual.lpNorm<Eigen::Infinity>()));
  sorted_minimum_.resize(static_cast<std::size_t>(chunk_minimum_.size()));
  struct Candidate {
    double key;
    Pair pair;
  };
  std::vector<Candidate> candidates;
  std::vector<Pair> pairs;
  const Index chunks = chunk_minimum_.size();
  for (Index i = 0; i < from_.rows(); ++i) {
    compute_keys(i);
    if (!(chunk_minimum_.minCoeff() <= static_cast<float>(limit(i)) + margin_)) continue;
    const float screen = screening_limit(limit(i), most);
    candidates.clear();
    // Each i begins elsewhere, so that points with equal costs do not all find the same partners.
    for (Index k = 0; k < chunks; ++k) {
      const Index chunk = (i * chunks / from_.rows() + k) % chunks;
      if (!(chunk_minimum_(chunk) <= screen)) continue;
      for (Index j = chunk * kChunk; j < std::min((chunk + 1) * kChunk, to_.rows()); ++j) {
        if (!(keys_(j) <= screen)) continue;
        const double cost = transport_cost(from_, i, to_, j, kind_);
        const double key = cost - to_dual(j);
        if (key < limit(i)) candidates.push_back({key, {i, j, cost}});
      }
    }
    if (candidates.size() > most) {
      std::nth_element(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(most), candidates.end(),
                       [](const Candidate& p, const Candidate& q) { return p.key < q.key; });
      candidates.resize(most);
    }
    for (const Candidate& candidate : candidates) pairs.push_back(candidate.pair);
  }
  return pairs;
}

}  // namespace cellmnn
