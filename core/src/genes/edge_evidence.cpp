#include "cellmnn/edge_evidence.hpp"

#include <algorithm>
#include <cmath>

#include "base/option_check.hpp"
#include "base/products.hpp"
#include "base/subset.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kPermutations = 1ULL << 32U;  // their streams, which no draw uses
constexpr double kSteepness = 4.4, kEvenScore = 1;    // of confidence
constexpr Index kFlags = 1 << 25;                     // of networks that are fitted at the same time

GeneCourse half_of(const GeneCourse& course, Rng& rng) {
  std::vector<std::vector<Index>> rows;
  for (Index k = 0; k < course.snapshots(); ++k) {
    rows.push_back(drawn(course.cells(k), (course.cells(k) + 1) / 2, rng));
    std::sort(rows.back().begin(), rows.back().end());
  }
  return subset_of(course, rows);
}

GeneCourse in_other_order(const GeneCourse& course, bool first_stays, Rng& rng) {
  const Index fixed = first_stays ? 1 : 0, others = course.snapshots() - fixed;
  GeneCourse result{course.times, {0}, Matrix<double>(course.levels.rows(), course.genes()), course.tops};
  const auto add = [&](Index k) {
    const Index begin = result.starts.back();
    result.levels.middleRows(begin, course.cells(k)) = course.snapshot(k);
    result.starts.push_back(begin + course.cells(k));
  };
  if (first_stays) add(0);
  for (const Index k : drawn(others, others, rng)) add(fixed + k);
  return result;
}

/// The network of all conditions with another course each, change(course).
template <typename F>
LaggedNetwork network_of_changed(std::span<const Condition> conditions, const F& change,
                                 const LaggedOptions& options, Executor& executor) {
  std::vector<GeneCourse> courses;
  courses.reserve(conditions.size());
  std::vector<Condition> changed;
  for (const auto& [course, held] : conditions) {
    courses.push_back(change(*course));
    changed.push_back({&courses.back(), held});
  }
  return lagged_network(changed, options, executor);
}

/// The sum over `count` networks of flags(index), a matrix (rows, columns) of 0 and 1; several at the same
/// time if they are small.
template <typename F>
Matrix<double> sum_of_flags(Index count, Index rows, Index columns, Executor& executor, const F& flags) {
  Matrix<double> sum = Matrix<double>::Zero(rows, columns);
  const Index at_once =
      std::clamp<Index>(kFlags / std::max<Index>(1, rows * columns), 1, std::max<Index>(1, count));
  std::vector<Matrix<unsigned char>> of(static_cast<std::size_t>(at_once));
  for (Index begin = 0; begin < count; begin += at_once) {
    const Index end = std::min(count, begin + at_once);
    executor.run(end - begin, [&](std::ptrdiff_t i) {
      of[static_cast<std::size_t>(i)] = flags(begin + static_cast<Index>(i));
    });
    for (Index i = 0; i < end - begin; ++i) sum += of[static_cast<std::size_t>(i)].cast<double>();
  }
  return sum;
}

/// Correlations (R, T) of the columns of x (N, R) and y (N, T).
Matrix<double> correlations(Matrix<double> x, Matrix<double> y) {
  for (Matrix<double>* values : {&x, &y}) {
    values->rowwise() -= values->colwise().mean().eval();
    for (Index c = 0; c < values->cols(); ++c) {
      const double length = values->col(c).norm();
      constexpr double kRounding = 1e-12;
      if (length > kRounding * std::sqrt(static_cast<double>(values->rows()))) {
        values->col(c) /= length;
      } else {
        values->col(c).setConstant(kNotKnown);
      }
    }
  }
  return transposed_product(x, y).cwiseMax(-1).cwiseMin(1);
}

GeneCourse without_means(const GeneCourse& course) {
  GeneCourse centred = course;
  for (Index k = 0; k < course.snapshots(); ++k) {
    centred.levels.middleRows(course.start(k), course.cells(k)).rowwise() -=
        course.snapshot(k).colwise().mean();
  }
  return centred;
}

}  // namespace

double agreement(double effect, double within) {
  const double product = within * effect;
  return std::isnan(product) ? product : product > 0 ? 1 : 0;
}

Vector<double> regulator_totals(const Matrix<double>& scores) { return scores.cwiseAbs().rowwise().sum(); }

EdgeEvidence edge_evidence(std::span<const Condition> conditions, const LaggedOptions& options,
                           const LaggedNetwork& network, const EvidenceOptions& evidence,
                           Executor& executor) {
  require_at_least("draws", evidence.draws, 0);
  require_at_least("permutations", evidence.permutations, 0);
  const Index rows = network.effects.rows(), columns = network.effects.cols();
  const Matrix<double> scores = rank_scores(network).cwiseAbs();
  const Vector<double> totals = regulator_totals(scores);
  LaggedOptions again = options;  // with the same inputs, which a half might not show
  again.inputs = network.inputs;
  again.find_inputs = false;

  const Matrix<double> agreeing = sum_of_flags(evidence.draws, rows, columns, executor, [&](Index draw) {
    Rng rng(evidence.seed, static_cast<std::uint64_t>(draw));
    const auto half = [&](const GeneCourse& course) { return half_of(course, rng); };
    const Matrix<double> effects = network_of_changed(conditions, half, again, executor).effects;
    return (effects.array() * network.effects.array() > 0).matrix().cast<unsigned char>().eval();
  });
  const bool first_stays = !network.inputs.empty();
  const Matrix<double> as_high =
      sum_of_flags(evidence.permutations, rows, columns + 1, executor, [&](Index permutation) {
        Rng rng(evidence.seed, kPermutations + static_cast<std::uint64_t>(permutation));
        const auto shuffled = [&](const GeneCourse& course) {
          return in_other_order(course, first_stays, rng);
        };
        const LaggedNetwork other = network_of_changed(conditions, shuffled, again, executor);
        const Matrix<double> other_scores = rank_scores(other).cwiseAbs();
        Matrix<unsigned char> flags(rows, columns + 1);
        flags.leftCols(columns) = (other_scores.array() >= scores.array()).cast<unsigned char>();
        flags.col(columns) = (regulator_totals(other_scores).array() >= totals.array()).cast<unsigned char>();
        return flags;
      });

  EdgeEvidence result;
  result.regulator_p = Vector<double>::Constant(rows, kNotKnown);
  result.same_sign = result.p = result.confidence = Matrix<double>::Constant(rows, columns, kNotKnown);
  if (evidence.draws > 0) {
    result.same_sign = agreeing / static_cast<double>(evidence.draws);
    const auto rank = 1 / (1 + (-kSteepness * (scores.array() - kEvenScore)).exp());
    result.confidence = ((2 * result.same_sign.array() - 1).cwiseMax(0) * rank).matrix();
  }
  if (evidence.permutations > 0) {
    const auto p = ((1 + as_high.array()) / (1 + static_cast<double>(evidence.permutations))).matrix().eval();
    result.p = p.leftCols(columns);
    result.regulator_p = p.col(columns);
    for (const auto& [row, column] : own_effects(network)) result.p(row, column) = kNotKnown;
    for (Index r = 0; r < rows; ++r) {
      const Index gene = network.regulators[static_cast<std::size_t>(r)];
      if (std::binary_search(network.inputs.begin(), network.inputs.end(), gene))
        result.p.row(r).setConstant(result.regulator_p(r) = kNotKnown);
    }
  }
  const GeneCourse& course = *conditions.front().course;
  result.correlation =
      correlations(course.levels(Eigen::all, network.regulators), course.levels(Eigen::all, network.targets));
  const GeneCourse centred = without_means(course);
  result.within = correlations(centred.levels(Eigen::all, network.regulators),
                               centred.levels(Eigen::all, network.targets));
  return result;
}

}  // namespace cellmnn
