#include "cellmnn/lagged_network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/option_check.hpp"
#include "base/products.hpp"
#include "cellmnn/error.hpp"
#include "genes/logistic_regression.hpp"
#include "genes/network_genes.hpp"
#include "transport/entropic.hpp"

namespace cellmnn {
namespace {

constexpr double kSurest = 0.99;  // a prediction; beyond, one wrong gene would rule out a descendant

/// The logit of a probability, within those of 1 - kSurest and kSurest, is the difference of log s and log(1
/// - s).
const double kLargestLogit = std::log(kSurest / (1 - kSurest));

/// Where those of `some` stand that are among `genes`, both ascending.
std::vector<Index> columns_of(const std::vector<Index>& some, const std::vector<Index>& genes) {
  std::vector<Index> columns;
  for (const Index gene : some) {
    const auto found = std::lower_bound(genes.begin(), genes.end(), gene);
    if (found != genes.end() && *found == gene) columns.push_back(found - genes.begin());
  }
  return columns;
}

/// Transport, regressors and regression. Rows of all matrices are cells: first those of the first snapshots
/// of all conditions, then all others.
class LaggedFit {
 public:
  LaggedFit(std::span<const Condition> conditions, const LaggedOptions& options, Executor& executor)
      : conditions_(conditions), options_(options), executor_(executor) {
    NetworkGenes genes = network_genes(conditions, options);
    planned_ = std::move(genes.planned);
    network_.regulators = std::move(genes.regulators);
    network_.targets = std::move(genes.targets);
    network_.inputs = std::move(genes.inputs);
    input_columns_ = columns_of(network_.inputs, network_.regulators);
    place_cells();
    known_ = levels(planned_);
    sources_ = levels(network_.regulators);
    regressors_.resize(sources_.rows(), sources_.cols() + 1);
    regressors_.leftCols(sources_.cols()) = sources_;
    regressors_.rightCols(1).setOnes();
    for (std::size_t c = 0; c < conditions.size(); ++c) {
      auto rest = regressors_.middleRows(start(c, 0), conditions[c].course->cells(0));
      rest.rowwise() = rest.colwise().mean().eval();
    }
  }

  LaggedNetwork run() {
    Matrix<double> weights;  // (R + 1, planned)
    for (Index round = 0; round < options_.rounds; ++round) {
      plan(weights);
      weights = fitted(planned_, known_, weights, Precision::rough);
    }
    plan(weights);
    const GeneCourse& first = *conditions_.front().course;
    if (planned_.size() == network_.targets.size()) {
      weights = fitted(network_.targets, known_, weights);
    } else if (conditions_.size() == 1 && std::ssize(network_.targets) == first.genes()) {
      weights = fitted(network_.targets, first.levels, {});
    } else {
      weights = fitted(network_.targets, levels(network_.targets), {});
    }
    network_.effects = weights.topRows(weights.rows() - 1);
    network_.offsets = weights.bottomRows(1).transpose();
    return std::move(network_);
  }

 private:
  void place_cells() {
    first_cells_ = 0;
    for (const auto& [course, held] : conditions_) first_cells_ += course->cells(0);
    Index first = 0, later = first_cells_;
    for (const auto& [course, held] : conditions_) {
      places_.emplace_back(first, later - course->cells(0));
      first += course->cells(0);
      later += course->levels.rows() - course->cells(0);
    }
    cells_ = later;
  }

  /// The row of the first cell of a snapshot.
  Index start(std::size_t condition, Index k) const {
    const auto& [first, later] = places_[condition];
    return k == 0 ? first : later + conditions_[condition].course->start(k);
  }

  template <typename Cells>
  auto snapshot(Cells& cells, std::size_t c, Index k) const {
    return cells.middleRows(start(c, k), conditions_[c].course->cells(k));
  }

  /// (N, genes) levels of all cells; those of held genes are 0.
  Matrix<double> levels(const std::vector<Index>& genes) const {
    Matrix<double> all(cells_, std::ssize(genes));
    for (std::size_t c = 0; c < conditions_.size(); ++c) {
      const auto& [course, held] = conditions_[c];
      for (Index k = 0; k < course->snapshots(); ++k) {
        auto cells = all.middleRows(start(c, k), course->cells(k));
        cells = course->snapshot(k)(Eigen::all, genes);
        for (const Index column : columns_of(held, genes)) cells.col(column).setZero();
      }
    }
    return all;
  }

  /// (R + 1, targets). Cells in which a target is held say nothing of it.
  Matrix<double> fitted(const std::vector<Index>& targets, const MatrixView<double>& responses,
                        const Matrix<double>& start_weights, Precision precision = Precision::full) {
    const Index used = cells_ - (network_.inputs.empty() ? first_cells_ : 0);
    Matrix<double> masked;
    for (std::size_t c = 0; c < conditions_.size(); ++c) {
      const auto& [course, held] = conditions_[c];
      const std::vector<Index> columns = columns_of(held, targets);
      if (columns.empty()) continue;
      if (masked.size() == 0) masked = responses;
      for (Index k = 0; k < course->snapshots(); ++k) {
        for (const Index column : columns) {
          masked.col(column).segment(start(c, k), course->cells(k)).setConstant(kNotKnown);
        }
      }
    }
    const MatrixView<double> known = masked.size() > 0 ? MatrixView<double>(masked) : responses;
    LogisticFit fit = fit_logistic(regressors_.bottomRows(used), known.bottomRows(used), options_.ridge,
                                   start_weights, prior_of(targets), executor_, precision);
    network_.converged = fit.converged;
    return std::move(fit.weights);
  }

  /// Empty without known interactions.
  LogisticPrior prior_of(const std::vector<Index>& targets) const {
    LogisticPrior prior;
    if (options_.prior.empty()) return prior;
    prior.up = prior.down = Matrix<double>::Zero(sources_.cols() + 1, std::ssize(targets));
    for (const PriorEdge& edge : options_.prior) {
      const auto rows = columns_of({edge.source}, network_.regulators),
                 columns = columns_of({edge.target}, targets);
      if (rows.empty() || columns.empty()) continue;
      const double support = options_.prior_strength * edge.weight;
      if (edge.sign >= 0) prior.up(rows.front(), columns.front()) = support;
      if (edge.sign <= 0) prior.down(rows.front(), columns.front()) = support;
    }
    return prior;
  }

  /// Plans between all neighbouring snapshots, and with them the regressors of every cell. With memory those
  /// of one snapshot need those of the one before.
  void plan(const Matrix<double>& weights) {
    std::vector<std::pair<std::size_t, Index>> pairs;
    for (std::size_t c = 0; c < conditions_.size(); ++c) {
      for (Index k = 0; k + 1 < conditions_[c].course->snapshots(); ++k) pairs.emplace_back(c, k);
    }
    SerialExecutor in_turn;
    Executor& executor = options_.memory > 0 ? in_turn : executor_;
    executor.run(std::ssize(pairs), [&](std::ptrdiff_t pair) {
      const auto& [condition, k] = pairs[static_cast<std::size_t>(pair)];
      plan_pair(condition, k, weights);
    });
  }

  void plan_pair(std::size_t c, Index k, const Matrix<double>& weights) {
    const Matrix<double> source = remembered(c, k);
    Matrix<double> plan = weights.size() == 0 ? distances(c, k) : surprises(c, k, source, weights);
    make_entropic_plan(plan, options_.regularisation);
    auto regressors = snapshot(regressors_, c, k + 1).leftCols(source.cols());
    regressors = transposed_product(plan, source);
    regressors.array().colwise() /= plan.colwise().sum().transpose().array();
    const auto arrived = snapshot(sources_, c, k + 1);
    for (const Index input : input_columns_) regressors.col(input) = arrived.col(input);
  }

  /// (N_k, R) what the cells of snapshot k carry to the next: their levels, and of what they remember a
  /// share.
  Matrix<double> remembered(std::size_t c, Index k) const {
    Matrix<double> levels = snapshot(sources_, c, k);
    if (k == 0 || options_.memory == 0) return levels;
    const double share = remembered_share(*conditions_[c].course, k, options_.memory);
    return share * snapshot(regressors_, c, k).leftCols(levels.cols()) + (1 - share) * levels;
  }

  /// (N_k, N_k+1) squared distances.
  Matrix<double> distances(std::size_t c, Index k) const {
    const auto x = snapshot(known_, c, k), y = snapshot(known_, c, k + 1);
    Matrix<double> costs = -2 * product_transposed(x, y);
    costs.colwise() += x.rowwise().squaredNorm();
    costs.rowwise() += y.rowwise().squaredNorm().transpose();
    return costs;
  }

  /// (N_k, N_k+1) minus the log-likelihood of the later cells, given what each earlier cell predicts.
  Matrix<double> surprises(std::size_t c, Index k, Matrix<double> source,
                           const Matrix<double>& weights) const {
    const auto arrived = snapshot(sources_, c, k + 1);
    for (const Index input : input_columns_) source.col(input).setConstant(arrived.col(input).mean());
    Matrix<double> logits = product(source, weights.topRows(source.cols()));
    logits.rowwise() += weights.row(source.cols());
    logits = logits.cwiseMax(-kLargestLogit).cwiseMin(kLargestLogit);
    for (const Index column : columns_of(conditions_[c].held, planned_))
      logits.col(column).setConstant(-kLargestLogit);  // the same for all cells
    // -z log s - (1 - z) log(1 - s) = log(1 + exp(logit)) - z logit
    Matrix<double> costs = -product_transposed(logits, snapshot(known_, c, k + 1));
    costs.colwise() += (1 + logits.array().exp()).log().matrix().rowwise().sum();
    return costs;
  }

  std::span<const Condition> conditions_;
  const LaggedOptions& options_;
  Executor& executor_;
  LaggedNetwork network_;
  std::vector<Index> input_columns_;             // of the inputs among the regulators
  std::vector<std::pair<Index, Index>> places_;  // of the first snapshot and, less its size, of the others
  Index first_cells_ = 0, cells_ = 0;
  std::vector<Index> planned_;  // targets by which plans are made
  Matrix<double> known_;        // (N, planned)
  Matrix<double> sources_;      // (N, R)
  Matrix<double> regressors_;   // (N, R + 1) of each cell, the last column ones
};

void check(std::span<const Condition> conditions, const LaggedOptions& options) {
  for (const auto& [course, held] : conditions) {
    if (course->snapshots() < 2) {
      throw Error(ErrorCode::bad_input, "the cells are of " + std::to_string(course->snapshots()) +
                                            " time; a network over time needs at least two");
    }
    for (const auto* genes : {&options.regulators, &options.inputs, &held}) {
      for (const Index gene : *genes) require_gene(*course, gene);
    }
  }
  require_positive("ridge", options.ridge);
  require_positive("regularisation", options.regularisation);
  require_not_negative("memory", options.memory);
  require_at_least("rounds", options.rounds, 0);
  require_not_negative("prior_strength", options.prior_strength);
}

}  // namespace

double usual_memory(const std::vector<double>& times) {
  constexpr Index kManyGaps = 15;
  constexpr double kMemory = 0.05;
  return std::ssize(times) - 1 >= kManyGaps ? kMemory : 0;
}

double remembered_share(const GeneCourse& course, Index k, double memory) {
  if (memory == 0) return 0;
  const std::vector<double>& t = course.times;
  const auto at = static_cast<std::size_t>(k);
  return std::exp(-(t[at + 1] - t[at]) / (memory * (t.back() - t.front())));
}

LaggedNetwork lagged_network(const GeneCourse& course, const LaggedOptions& options, Executor& executor) {
  const Condition alone{&course};
  return lagged_network(std::span(&alone, 1), options, executor);
}

LaggedNetwork lagged_network(std::span<const Condition> conditions, const LaggedOptions& options,
                             Executor& executor) {
  check(conditions, options);
  return LaggedFit(conditions, options, executor).run();
}

}  // namespace cellmnn
