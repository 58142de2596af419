#include "wasserstein_pricing.hpp"

#include <algorithm>
#include <limits>

namespace cellmnn {
namespace {

/// The pairs of one point with the least keys so far.
class LeastPairs {
 public:
  explicit LeastPairs(std::size_t most) : most_(most) {}

  void clear() { entries_.clear(); }

  /// Whether pairs were dropped: only keys below largest_key() matter from now on.
  bool add(double key, const PairFinder::Pair& pair) {
    entries_.push_back({key, pair});
    if (entries_.size() < 2 * most_) return false;
    drop_others();
    return true;
  }

  double largest_key() const { return entries_.back().key; }

  void append_to(std::vector<PairFinder::Pair>& pairs) {
    if (entries_.size() > most_) drop_others();
    for (const Entry& entry : entries_) pairs.push_back(entry.pair);
  }

 private:
  struct Entry {
    double key;
    PairFinder::Pair pair;
  };

  void drop_others() {
    std::nth_element(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(most_) - 1, entries_.end(),
                     [](const Entry& p, const Entry& q) { return p.key < q.key; });
    entries_.resize(most_);
  }

  std::size_t most_;
  std::vector<Entry> entries_;
};

}  // namespace

std::vector<PairFinder::Pair> PairFinder::below(const Vector<double>& limit, std::size_t most,
                                                const Vector<double>& to_dual) {
  constexpr Index kChunk = PointScreen::kChunk;
  const Index chunks = screen_.chunks();
  screen_.set_duals(to_dual);
  LeastPairs least(most);
  std::vector<Pair> pairs;
  for (Index i = 0; i < from_.rows(); ++i) {
    double key_limit = limit(i);
    screen_.set_limit(key_limit);
    least.clear();
    // Each i begins at another place, so that points with equal costs do not all find the same partners.
    Index chunk = screen_.set_origin(from_.row(i), i * chunks / from_.rows());
    for (Index k = 0; k < chunks; ++k, chunk = chunk + 1 == chunks ? 0 : chunk + 1) {
      const auto lanes = screen_.candidates(chunk);
      for (std::size_t c = 0; c < lanes.size(); ++c) {
        const Index lane = lanes[(static_cast<std::size_t>(i) + c) % lanes.size()];
        if (!screen_.is_candidate(chunk, lane)) continue;
        const Index j = screen_.point(chunk, lane);
        const double cost = transport_cost(from_, i, to_, j, kind_);
        const double key = cost - to_dual(j);
        if (key < key_limit && least.add(key, {i, j, cost})) {
          key_limit = least.largest_key();
          screen_.set_limit(key_limit);
        }
      }
    }
    least.append_to(pairs);
  }
  return pairs;
}

std::vector<PairFinder::Pair> PairFinder::least(std::size_t count, const Vector<double>& to_dual) {
  return below(Vector<double>::Constant(from_.rows(), std::numeric_limits<double>::infinity()), count, to_dual);
}

Vector<double> PairFinder::c_transform(const Vector<double>& to_dual) {
  Vector<double> keys(from_.rows());
  for (const Pair& pair : least(1, to_dual)) keys(pair.from) = pair.cost - to_dual(pair.to);
  return keys;
}

}  // namespace cellmnn
