#include "cellmnn/network_score.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : kNotKnown; }

void count_call(double effect, int sign, SignConfusion& signs) {
  if (sign > 0) ++(effect > 0 ? signs.activation_as_activation : signs.activation_as_repression);
  if (sign < 0) ++(effect > 0 ? signs.repression_as_activation : signs.repression_as_repression);
}

/// Of the ranks (from 1) of positives among all.
double auroc_of(double rank_sum, double positives, double all) {
  return ratio(rank_sum - positives * (positives + 1) / 2, positives * (all - positives));
}

/// All pairs of a regulator and another gene.
class Candidates {
 public:
  Candidates(const Matrix<double>& effects, const KnownNetwork& known)
      : known_(known), targets_(static_cast<Index>(known.targets.size())) {
    const auto regulators = static_cast<Index>(known.regulators.size());
    effect_.resize(regulators, targets_);
    self_.setZero(regulators, targets_);
    edge_.setZero(regulators, targets_);
    sign_.setZero(regulators, targets_);
    for (Index k = 0; k < targets_; ++k) {
      const Index gene = known.targets[static_cast<std::size_t>(k)];
      effect_.col(k) = effects.col(gene);
      for (Index r = 0; r < regulators; ++r) {
        self_(r, k) = known.regulators[static_cast<std::size_t>(r)] == gene ? 1 : 0;
      }
    }
    for (const TrueEdge& edge : known.edges) {
      edge_(edge.regulator, edge.target) = 1;
      sign_(edge.regulator, edge.target) = edge.sign;
    }
    count_ = effect_.size() - self_.cast<Index>().sum();
    rank_by_size();
  }

  Index count() const { return count_; }

  /// The area if the target of each edge were `target_of` it.
  double auroc(const std::vector<Index>& target_of) const {
    double sum = 0;
    for (const TrueEdge& edge : known_.edges) {
      sum += rank_(edge.regulator, target_of[static_cast<std::size_t>(edge.target)]);
    }
    return auroc_of(sum, static_cast<double>(known_.edges.size()), static_cast<double>(count_));
  }

  SignConfusion signs(const std::vector<Index>& target_of) const {
    SignConfusion signs;
    for (const TrueEdge& edge : known_.edges) {
      count_call(effect_(edge.regulator, target_of[static_cast<std::size_t>(edge.target)]), edge.sign, signs);
    }
    return signs;
  }

  /// Average precision and early precision ratio; entries of equal size count as mixed evenly.
  void rank_by_precision(NetworkScore& score) const {
    const auto edges = static_cast<double>(known_.edges.size());
    double seen = 0, found = 0, early = 0, average = 0;
    for (std::size_t begin = 0; begin < by_size_.size();) {
      std::size_t end = begin;
      double found_here = 0;
      while (end < by_size_.size() && size(by_size_[end]) == size(by_size_[begin])) {
        found_here += edge_.data()[by_size_[end++]];
      }
      const auto here = static_cast<double>(end - begin);
      early += found_here * std::clamp((edges - seen) / here, 0.0, 1.0);
      seen += here;
      found += found_here;
      average += found_here / edges * (found / seen);
      begin = end;
    }
    score.auprc = average;
    score.early_precision_ratio = early / edges / (edges / static_cast<double>(count_));
  }

  double signed_auroc() const {
    std::vector<double> values;
    std::vector<char> positive;
    for (const Index at : by_size_) {
      const int sign = sign_.data()[at];
      if (edge_.data()[at] != 0 && sign == 0) continue;
      for (const int call : {1, -1}) {
        values.push_back(call * effect_.data()[at]);
        positive.push_back(sign == call ? 1 : 0);
      }
    }
    const std::vector<double> ranks = mid_ranks(values);
    double sum = 0, positives = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      if (positive[i] == 0) continue;
      sum += ranks[i];
      positives += 1;
    }
    return auroc_of(sum, positives, static_cast<double>(ranks.size()));
  }

 private:
  double size(Index at) const { return std::abs(effect_.data()[at]); }

  void rank_by_size() {
    std::vector<double> sizes;
    for (Index at = 0; at < effect_.size(); ++at) {
      if (self_.data()[at] != 0) continue;
      by_size_.push_back(at);
      sizes.push_back(size(at));
    }
    const std::vector<double> ranks = mid_ranks(sizes);
    // A permutation may put a target onto its own regulator: a rank that favours nobody.
    rank_.setConstant(effect_.rows(), effect_.cols(), (static_cast<double>(count_) + 1) / 2);
    for (std::size_t i = 0; i < ranks.size(); ++i) rank_.data()[by_size_[i]] = ranks[i];
    std::stable_sort(by_size_.begin(), by_size_.end(), [&](Index a, Index b) { return size(a) > size(b); });
  }

  const KnownNetwork& known_;
  Index targets_, count_ = 0;
  Matrix<double> effect_, rank_;  // (R, T)
  Matrix<int> self_, edge_, sign_;
  std::vector<Index> by_size_;  // places in effect_, the largest first
};

}  // namespace

double SignConfusion::precision() const {
  return ratio(static_cast<double>(activation_as_activation),
               static_cast<double>(activation_as_activation + repression_as_activation));
}

double SignConfusion::recall() const {
  return ratio(static_cast<double>(activation_as_activation),
               static_cast<double>(activation_as_activation + activation_as_repression));
}

double SignConfusion::f1() const {
  const auto hits = static_cast<double>(activation_as_activation);
  return ratio(2 * hits, 2 * hits + static_cast<double>(activation_as_repression + repression_as_activation));
}

double SignConfusion::balanced_accuracy() const {
  const double of_repression =
      ratio(static_cast<double>(repression_as_repression),
            static_cast<double>(repression_as_repression + repression_as_activation));
  return (recall() + of_repression) / 2;
}

double SignConfusion::mcc() const {
  const auto tp = static_cast<double>(activation_as_activation),
             fn = static_cast<double>(activation_as_repression),
             fp = static_cast<double>(repression_as_activation),
             tn = static_cast<double>(repression_as_repression);
  const double divisor = std::sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
  return divisor > 0 ? (tp * tn - fp * fn) / divisor : 0;
}

std::vector<double> mid_ranks(const std::vector<double>& values) {
  std::vector<std::pair<double, Index>> order;
  order.reserve(values.size());
  for (const double value : values) order.emplace_back(value, static_cast<Index>(order.size()));
  std::sort(order.begin(), order.end());
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && order[end].first == order[begin].first) ++end;
    const double rank = (static_cast<double>(begin + end) + 1) / 2;
    for (; begin < end; ++begin) ranks[static_cast<std::size_t>(order[begin].second)] = rank;
  }
  return ranks;
}

NetworkScore score_network(const Matrix<double>& effects, const KnownNetwork& known, Index permutations,
                           std::uint64_t seed, Executor& executor) {
  if (known.edges.empty()) {
    throw Error(ErrorCode::bad_input, "the known network has no edge between modelled genes");
  }
  if (!effects.allFinite())
    throw Error(ErrorCode::numerical, "the effects of the network are not all finite");
  const Candidates candidates(effects, known);
  std::vector<Index> unchanged(known.targets.size());
  std::iota(unchanged.begin(), unchanged.end(), Index{0});

  NetworkScore score;
  score.candidates = candidates.count();
  score.edges = static_cast<Index>(known.edges.size());
  score.auroc = candidates.auroc(unchanged);
  score.signed_auroc = candidates.signed_auroc();
  score.signs = candidates.signs(unchanged);
  candidates.rank_by_precision(score);

  const double accuracy = score.signs.balanced_accuracy();
  std::vector<char> auroc_as_high(static_cast<std::size_t>(permutations)), sign_as_high(auroc_as_high.size());
  executor.run(permutations, [&](std::ptrdiff_t permutation) {
    Rng rng(seed, static_cast<std::uint64_t>(permutation));
    std::vector<Index> target_of = unchanged;
    for (std::size_t last = target_of.size() - 1; last > 0; --last) {
      std::swap(target_of[last], target_of[static_cast<std::size_t>(rng.below(last + 1))]);
    }
    const auto p = static_cast<std::size_t>(permutation);
    auroc_as_high[p] = candidates.auroc(target_of) >= score.auroc ? 1 : 0;
    sign_as_high[p] = candidates.signs(target_of).balanced_accuracy() >= accuracy ? 1 : 0;
  });
  const auto p_value = [&](const std::vector<char>& as_high) {
    return (1.0 + static_cast<double>(std::count(as_high.begin(), as_high.end(), 1))) /
           (1.0 + static_cast<double>(permutations));
  };
  score.auroc_p = p_value(auroc_as_high);
  score.sign_p = std::isnan(accuracy) ? accuracy : p_value(sign_as_high);
  return score;
}

}  // namespace cellmnn
