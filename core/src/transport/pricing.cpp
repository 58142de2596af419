#include "transport/pricing.hpp"

#include <algorithm>
#include <limits>

namespace cellmnn {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Index kSamples = 64;

}  // namespace

std::vector<PairFinder::Pair> PairFinder::below(const Vector<double>& limit, std::size_t most,
                                                const Vector<double>& to_dual) {
  screen_.set_duals(to_dual);
  std::vector<Pair> pairs;
  for (Index i = 0; i < from_.rows(); ++i) {
    search(i, limit(i), most, to_dual);
    for (const auto& [key, j] : partners_) pairs.push_back({i, j, key});
  }
  return pairs;
}

std::vector<PairFinder::Pair> PairFinder::least(std::size_t count, const Vector<double>& to_dual,
                                                const Vector<double>& from_dual) {
  screen_.set_duals(to_dual);
  count = std::min(count, static_cast<std::size_t>(to_.rows()));
  // A few points tell how far above from_dual the search has to go for most points.
  const Index samples = std::min(kSamples, from_.rows());
  std::vector<double> reach;
  for (Index s = 0; s < samples; ++s) {
    const Index i = s * from_.rows() / samples;
    search(i, kInfinity, count, to_dual);
    double key = -kInfinity;
    for (const Partner& partner : partners_) key = std::max(key, partner.key);
    reach.push_back(key - from_dual(i));
  }
  const auto usual = reach.begin() + samples * 3 / 4;
  std::nth_element(reach.begin(), usual, reach.end());

  std::vector<Pair> pairs;
  for (Index i = 0; i < from_.rows(); ++i) {
    search(i, from_dual(i) + *usual + 1e-6, count, to_dual);
    if (partners_.size() < count) search(i, kInfinity, count, to_dual);
    for (const auto& [key, j] : partners_) pairs.push_back({i, j, key});
  }
  return pairs;
}

Vector<double> PairFinder::c_transform(const Vector<double>& to_dual, const Vector<double>& near) {
  Vector<double> keys(from_.rows());
  for (const Pair& pair : least(1, to_dual, near)) keys(pair.from) = pair.key;
  return keys;
}

Vector<double> PairFinder::c_transform(const Vector<double>& to_dual) {
  return c_transform(to_dual, Vector<double>::Zero(from_.rows()));
}

/// Leaves in partners_ the points with a key below `limit`, or the `most` of them with the least keys.
void PairFinder::search(Index i, double limit, std::size_t most, const Vector<double>& to_dual) {
  const Index chunks = screen_.chunks();
  partners_.clear();
  screen_.set_limit(limit);
  // Each i begins at another place, so that points with equal costs do not all find the same partners.
  Index chunk = screen_.set_origin(from_.row(i), i * chunks / from_.rows());
  for (Index k = 0; k < chunks; ++k, chunk = chunk + 1 == chunks ? 0 : chunk + 1) {
    const auto lanes = screen_.candidates(chunk);
    if (lanes.empty()) continue;
    auto next = lanes.begin() + i % std::ssize(lanes);
    for (std::size_t c = 0; c < lanes.size(); ++c) {
      const Index lane = *next;
      if (++next == lanes.end()) next = lanes.begin();
      if (!screen_.is_candidate(chunk, lane)) continue;
      const Index j = screen_.point(chunk, lane);
      const double key = transport_cost(from_, i, to_, j, kind_) - to_dual(j);
      if (!(key < limit)) continue;
      partners_.push_back({key, j});
      if (partners_.size() == 2 * most) {
        keep_least(most);
        limit = partners_.back().key;
        screen_.set_limit(limit);
      }
    }
  }
  if (partners_.size() > most) keep_least(most);
}

/// The largest of those that are kept is the last.
void PairFinder::keep_least(std::size_t count) {
  const auto last = partners_.begin() + static_cast<std::ptrdiff_t>(count) - 1;
  std::nth_element(partners_.begin(), last, partners_.end(),
                   [](const Partner& p, const Partner& q) { return p.key < q.key; });
  partners_.resize(count);
}

}  // namespace cellmnn
