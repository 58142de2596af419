#include "cellmnn/lagged_network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/option_check.hpp"
#include "cellmnn/error.hpp"
#include "genes/logistic_regression.hpp"
#include "transport/entropic.hpp"

namespace cellmnn {
namespace {

constexpr double kConstant = 1e-9;  // largest range of the levels of an input within a snapshot
constexpr double kSurest = 0.99;    // a prediction; beyond, one wrong gene would rule out a descendant

/// Snapshots of one cell each say nothing about inputs.
bool is_found_input(const GeneCourse& course, Index gene) {
  if (course.levels.rows() == course.snapshots()) return false;
  const auto range = [gene](const auto& levels) {
    return levels.col(gene).maxCoeff() - levels.col(gene).minCoeff();
  };
  for (Index k = 0; k < course.snapshots(); ++k) {
    if (range(course.snapshot(k)) >= kConstant) return false;
  }
  return range(course.levels) >= kConstant;
}

/// The logit of a probability, within those of 1 - kSurest and kSurest, is the difference of log s and log(1
/// - s).
const double kLargestLogit = std::log(kSurest / (1 - kSurest));

/// Transport, regressors and regression of one course.
class LaggedFit {
 public:
  LaggedFit(const GeneCourse& course, const LaggedOptions& options, Executor& executor)
      : course_(course), options_(options), executor_(executor) {
    choose_genes();
    rests_ = !network_.inputs.empty();
    responses_ = course.levels(Eigen::all, network_.targets);
    sources_ = course.levels(Eigen::all, network_.regulators);
    regressors_.resize(sources_.rows(), sources_.cols() + 1);
    regressors_.leftCols(sources_.cols()) = sources_;
    regressors_.rightCols(1).setOnes();
    regressors_.topRows(course.cells(0)).rowwise() =
        regressors_.topRows(course.cells(0)).colwise().mean().eval();
  }

  LaggedNetwork run() {
    Matrix<double> weights;  // (R + 1, T)
    for (Index round = 0; round <= options_.rounds; ++round) {
      plan(weights);
      const Index unused = rests_ ? 0 : course_.cells(0);
      LogisticFit fit =
          fit_logistic(regressors_.bottomRows(regressors_.rows() - unused),
                       responses_.bottomRows(responses_.rows() - unused), options_.ridge, weights, executor_);
      weights = std::move(fit.weights);
      network_.converged = fit.converged;
    }
    network_.effects = weights.topRows(weights.rows() - 1);
    network_.offsets = weights.bottomRows(1).transpose();
    return std::move(network_);
  }

 private:
  void choose_genes() {
    const auto genes = static_cast<std::size_t>(course_.genes());
    std::vector<bool> acts(genes, options_.regulators.empty()), is_input(genes);
    for (const Index gene : options_.regulators) acts[static_cast<std::size_t>(gene)] = true;
    for (const Index gene : options_.inputs) is_input[static_cast<std::size_t>(gene)] = true;
    for (std::size_t g = 0; g < genes; ++g) {
      const auto gene = static_cast<Index>(g);
      if (!is_input[g]) is_input[g] = is_found_input(course_, gene);
      if (is_input[g] || acts[g]) network_.regulators.push_back(gene);
      (is_input[g] ? network_.inputs : network_.targets).push_back(gene);
      if (is_input[g]) input_columns_.push_back(static_cast<Index>(network_.regulators.size()) - 1);
    }
    if (network_.targets.empty()) {
      throw Error(
          ErrorCode::bad_input,
          "no gene varies between the cells of a snapshot, so that there is nothing to explain; expected "
          "expression of single cells");
    }
  }

  /// Plans between all neighbouring snapshots, and with them the regressors of every cell. With memory those
  /// of one snapshot need those of the one before.
  void plan(const Matrix<double>& weights) {
    const Index pairs = course_.snapshots() - 1;
    SerialExecutor in_turn;
    Executor& executor = options_.memory > 0 ? in_turn : executor_;
    executor.run(pairs, [&](std::ptrdiff_t k) { plan_pair(static_cast<Index>(k), weights); });
  }

  void plan_pair(Index k, const Matrix<double>& weights) {
    const Matrix<double> source = remembered(k);
    Matrix<double> plan = weights.size() == 0 ? distances(k) : surprises(k, source, weights);
    make_entropic_plan(plan, options_.regularisation);
    auto regressors =
        regressors_.middleRows(course_.start(k + 1), course_.cells(k + 1)).leftCols(source.cols());
    regressors.noalias() = plan.transpose() * source;
    regressors.array().colwise() /= plan.colwise().sum().transpose().array();
    const auto arrived = snapshot(sources_, k + 1);
    for (const Index input : input_columns_) regressors.col(input) = arrived.col(input);
  }

  Eigen::Ref<const Matrix<double>> snapshot(const Matrix<double>& cells, Index k) const {
    return cells.middleRows(course_.start(k), course_.cells(k));
  }

  /// (N_k, R) what the cells of snapshot k carry to the next: their levels, and of what they remember a
  /// share.
  Matrix<double> remembered(Index k) const {
    Matrix<double> levels = snapshot(sources_, k);
    if (k == 0 || options_.memory == 0) return levels;
    const double share = remembered_share(course_, k, options_.memory);
    return share * snapshot(regressors_, k).leftCols(levels.cols()) + (1 - share) * levels;
  }

  /// (N_k, N_k+1) squared distances.
  Matrix<double> distances(Index k) const {
    const auto x = snapshot(responses_, k), y = snapshot(responses_, k + 1);
    Matrix<double> costs = -2 * x * y.transpose();
    costs.colwise() += x.rowwise().squaredNorm();
    costs.rowwise() += y.rowwise().squaredNorm().transpose();
    return costs;
  }

  /// (N_k, N_k+1) minus the log-likelihood of the later cells, given what each earlier cell predicts.
  Matrix<double> surprises(Index k, Matrix<double> source, const Matrix<double>& weights) const {
    const auto arrived = snapshot(sources_, k + 1);
    for (const Index input : input_columns_) source.col(input).setConstant(arrived.col(input).mean());
    Matrix<double> logits = source * weights.topRows(source.cols());
    logits.rowwise() += weights.row(source.cols());
    logits = logits.cwiseMax(-kLargestLogit).cwiseMin(kLargestLogit);
    // -z log s - (1 - z) log(1 - s) = log(1 + exp(logit)) - z logit
    Matrix<double> costs = -logits * snapshot(responses_, k + 1).transpose();
    costs.colwise() += (1 + logits.array().exp()).log().matrix().rowwise().sum();
    return costs;
  }

  const GeneCourse& course_;
  const LaggedOptions& options_;
  Executor& executor_;
  LaggedNetwork network_;
  std::vector<Index> input_columns_;  // of the inputs among the regulators
  bool rests_ = false;
  Matrix<double> responses_;   // (N, T)
  Matrix<double> sources_;     // (N, R)
  Matrix<double> regressors_;  // (N, R + 1) of each cell, the last column ones
};

void check(const GeneCourse& course, const LaggedOptions& options) {
  if (course.snapshots() < 2) {
    throw Error(ErrorCode::bad_input, "the cells are of " + std::to_string(course.snapshots()) +
                                          " time; a network over time needs at least two");
  }
  require_positive("ridge", options.ridge);
  require_positive("regularisation", options.regularisation);
  require_not_negative("memory", options.memory);
  require_at_least("rounds", options.rounds, 0);
  for (const auto* genes : {&options.regulators, &options.inputs}) {
    for (const Index gene : *genes) require_gene(course, gene);
  }
}

}  // namespace

double usual_memory(const GeneCourse& course) {
  constexpr Index kManyGaps = 15;
  constexpr double kMemory = 0.05;
  return course.snapshots() - 1 >= kManyGaps ? kMemory : 0;
}

double remembered_share(const GeneCourse& course, Index k, double memory) {
  if (memory == 0) return 0;
  const std::vector<double>& t = course.times;
  const auto at = static_cast<std::size_t>(k);
  return std::exp(-(t[at + 1] - t[at]) / (memory * (t.back() - t.front())));
}

LaggedNetwork lagged_network(const GeneCourse& course, const LaggedOptions& options, Executor& executor) {
  check(course, options);
  return LaggedFit(course, options, executor).run();
}

std::vector<std::pair<Index, Index>> own_effects(const LaggedNetwork& network) {
  std::vector<std::pair<Index, Index>> places;
  for (std::size_t r = 0; r < network.regulators.size(); ++r) {
    const auto own = std::lower_bound(network.targets.begin(), network.targets.end(), network.regulators[r]);
    if (own == network.targets.end() || *own != network.regulators[r]) continue;
    places.emplace_back(static_cast<Index>(r), own - network.targets.begin());
  }
  return places;
}

Matrix<double> rank_scores(const LaggedNetwork& network) {
  constexpr double kTiny = 1e-12;
  Matrix<double> scores = network.effects;
  for (const auto& [row, column] : own_effects(network)) scores(row, column) = 0;
  const auto largest = (scores.cwiseAbs().colwise().maxCoeff().array() + kTiny).sqrt().matrix().eval();
  return scores * largest.cwiseInverse().asDiagonal();
}

}  // namespace cellmnn
