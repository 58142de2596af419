#include "cellmnn/fates.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/subset.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"
#include "fates/fate_step.hpp"

namespace cellmnn {
namespace {

double entropy(const Eigen::RowVectorXd& p) {
  return -(p.array() > 0).select(p.array() * p.array().max(1e-300).log(), 0.0).sum();
}

/// 1 where the fate of a cell is known: (N, F).
Matrix<double> one_hot(const std::vector<int>& fates, Index count) {
  Matrix<double> result = Matrix<double>::Zero(static_cast<Index>(fates.size()), count);
  for (std::size_t i = 0; i < fates.size(); ++i) {
    if (fates[i] >= 0) result(static_cast<Index>(i), fates[i]) = 1;
  }
  return result;
}

/// Cells whose fate is known have it.
void set_known(const std::vector<int>& fates, Eigen::Ref<Matrix<double>> probabilities) {
  for (std::size_t i = 0; i < fates.size(); ++i) {
    if (fates[i] < 0) continue;
    probabilities.row(static_cast<Index>(i)).setZero();
    probabilities(static_cast<Index>(i), fates[i]) = 1;
  }
}

/// The same fates for other cells.
std::vector<int> permuted(const std::vector<int>& fates, std::uint64_t seed, std::size_t snapshot,
                          Index permutation) {
  Rng rng(seed, (std::uint64_t{1} << 62) + (static_cast<std::uint64_t>(permutation) << 32) + snapshot);
  std::vector<int> result;
  for (const Index i : drawn(std::ssize(fates), std::ssize(fates), rng)) {
    result.push_back(fates[static_cast<std::size_t>(i)]);
  }
  return result;
}

double without_feigned(double known, double feigned) {
  return feigned < 1 ? std::max(0.0, (known - feigned) / (1 - feigned)) : 0;
}

Vector<double> base_rates(const KnownFates& known) {
  const auto count = static_cast<Index>(known.names.size());
  Vector<double> cells = Vector<double>::Zero(count);
  for (const std::vector<int>& fates : known.of_cells) cells += one_hot(fates, count).colwise().sum();
  return cells / cells.sum();
}

void check(const TimeCourse& data, const KnownFates& known) {
  require_two_snapshots(data);
  std::vector<bool> found(known.names.size());
  for (const std::vector<int>& fates : known.of_cells) {
    for (const int fate : fates) {
      if (fate >= 0) found[static_cast<std::size_t>(fate)] = true;
    }
  }
  for (std::size_t f = 0; f < found.size(); ++f) {
    if (!found[f]) {
      throw Error(ErrorCode::bad_input, "the fate '" + known.names[f] + "' has no cells");
    }
  }
  if (found.size() < 2) {
    throw Error(ErrorCode::bad_input,
                found.empty()
                    ? std::string("no cell has a known fate: fates need at least two")
                    : "all cells of known fate are '" + known.names[0] + "': fates need at least two");
  }
}

}  // namespace

KnownFates fates_of_labels(const std::vector<std::string>& labels, std::vector<std::vector<int>> of_cells,
                           const std::vector<bool>& undecided) {
  KnownFates known{{}, std::move(of_cells)};
  for (std::size_t s = 0; s + 1 < known.of_cells.size(); ++s) {
    std::fill(known.of_cells[s].begin(), known.of_cells[s].end(), -1);
  }
  std::vector<int> fate_of(labels.size(), -1);
  std::vector<int>& last = known.of_cells.back();
  for (std::size_t label = 0; label < labels.size(); ++label) {
    const bool is_there = std::find(last.begin(), last.end(), static_cast<int>(label)) != last.end();
    if (!is_there || undecided[label]) continue;
    fate_of[label] = static_cast<int>(known.names.size());
    known.names.push_back(labels[label]);
  }
  for (int& fate : last) fate = fate < 0 ? -1 : fate_of[static_cast<std::size_t>(fate)];
  return known;
}

Fates fates_of(const TimeCourse& data, const KnownFates& known, const FateOptions& options,
               const CellMover& mover, Executor& executor) {
  check(data, known);
  const std::size_t snapshots = data.snapshots.size();
  const auto count = static_cast<Index>(known.names.size());
  Fates fates{known.names, base_rates(known), std::vector<Matrix<double>>(snapshots),
              std::vector<Matrix<double>>(snapshots), std::vector<double>(snapshots)};
  const FateSpace space(data);
  Matrix<double> reached;  // (N, F) of the known fates, and beside them of each permutation
  for (std::size_t s = snapshots; s-- > 0;) {
    if (s + 1 < snapshots) {
      reached = FateStep(data, s, space, options, mover, executor).of_later(reached, executor);
    } else {
      reached = Matrix<double>::Zero(data.snapshots[s].cells.rows(), count * (1 + options.permutations));
    }
    double feigned = 0;
    for (Index k = 0; k <= options.permutations; ++k) {
      const bool is_permuted = k > 0;
      auto part = reached.middleCols(k * count, count);
      set_known(is_permuted ? permuted(known.of_cells[s], options.seed, s, k) : known.of_cells[s], part);
      const Matrix<double> probabilities = given_decided(part, fates.base_rates, options.smoothing);
      if (is_permuted) {
        feigned += known_of(probabilities) / static_cast<double>(options.permutations);
        continue;
      }
      fates.reached[s] = part;
      fates.known[s] = known_of(probabilities);
      fates.probabilities[s] = probabilities;
    }
    if (s + 1 < snapshots) fates.known[s] = without_feigned(fates.known[s], feigned);
  }
  return fates;
}

Matrix<double> given_decided(const Matrix<double>& reached, const Vector<double>& base_rates,
                             double smoothing) {
  Matrix<double> result = reached.rowwise() + smoothing * base_rates.transpose();
  result.array().colwise() /= result.rowwise().sum().array().eval();
  return result;
}

double known_of(const Matrix<double>& probabilities) {
  double mean = 0;
  for (const auto& row : probabilities.rowwise()) mean += entropy(row);
  mean /= static_cast<double>(probabilities.rows());
  const double whole = entropy(probabilities.colwise().mean());
  return whole > 0 ? std::max(0.0, 1 - mean / whole) : 0;
}

std::string known_in_words(double known) {
  if (known < 0.01) return "not known";
  if (known < 0.05) return "hardly known";
  if (known < 0.2) return "partly known";
  return known < 0.5 ? "largely known" : "nearly decided";
}

Vector<double> commitment(const Matrix<double>& probabilities, const Vector<double>& base_rates) {
  const double open = entropy(base_rates.transpose());
  Vector<double> result(probabilities.rows());
  for (Index i = 0; i < result.size(); ++i) result(i) = 1 - entropy(probabilities.row(i)) / open;
  return result;
}

Vector<double> commitment_times(const Fates& fates, const std::vector<double>& times) {
  constexpr double kCommitted = 0.5;
  Vector<double> result(fates.base_rates.size());
  for (Index f = 0; f < result.size(); ++f) {
    std::vector<double> means;
    for (std::size_t s = 0; s < times.size(); ++s) {
      const auto weights = fates.reached[s].col(f);
      const double sum = weights.sum();
      means.push_back(sum > 0 ? weights.dot(commitment(fates.probabilities[s], fates.base_rates)) / sum : 0);
    }
    std::size_t s = times.size() - 1;
    while (s > 0 && means[s - 1] >= kCommitted) --s;
    result(f) = times[s];
    if (s > 0 && means[s] > means[s - 1]) {
      result(f) -= (times[s] - times[s - 1]) *
                   std::clamp((means[s] - kCommitted) / (means[s] - means[s - 1]), 0.0, 1.0);
    }
  }
  return result;
}

Matrix<double> ancestor_shares(const Matrix<double>& reached, const std::vector<int>& labels, Index count) {
  Matrix<double> shares = Matrix<double>::Zero(count, reached.cols());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= 0) shares.row(labels[i]) += reached.row(static_cast<Index>(i));
  }
  const Eigen::RowVectorXd sums = reached.colwise().sum();
  for (Index f = 0; f < shares.cols(); ++f) {
    if (sums(f) > 0) shares.col(f) /= sums(f);
  }
  return shares;
}

}  // namespace cellmnn
