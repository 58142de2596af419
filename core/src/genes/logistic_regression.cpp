#include "genes/logistic_regression.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/for_blocks.hpp"
#include "cellmnn/error.hpp"
#include "genes/conjugate_logistic.hpp"

namespace cellmnn {
namespace {

constexpr double kFreeRidge = 1e-6;  // of intercepts
constexpr double kTolerance = 1e-3;  // largest change of a weight in the last step
constexpr int kMostSteps = 200;
constexpr double kLeastMean = 0.01;                               // of a response, where intercepts begin
constexpr Index kRows = 256;                                      // whose logits stay in the cache
constexpr Index kSmall = 10000;                                   // weights that are fitted in double
constexpr double kFloatTolerance = 5e-4, kRoughTolerance = 2e-3;  // of more, root mean square

/// Responses of one task: few enough for all threads, many enough for fast products.
Index columns_at_once(Index columns) { return std::clamp<Index>(columns / 8, 32, 128); }

/// The factor of H = R^T R / 4 + diag(ridge N), the bound on the curvature that all responses share.
Eigen::LLT<Eigen::MatrixXd> curvature_bound(const MatrixView<double>& r, double ridge, Executor& executor) {
  if (!r.allFinite()) throw Error(ErrorCode::numerical, "the regressors of a network are not finite");
  const auto n = static_cast<double>(r.rows());
  const Index p = r.cols();
  Eigen::MatrixXd bound(p, p);
  for_blocks(p, columns_at_once(p), executor, [&](Index first, Index count) {
    bound.middleCols(first, count).noalias() = r.transpose() * r.middleCols(first, count) / 4;
  });
  bound.diagonal().array() += ridge * n;
  bound(p - 1, p - 1) += (kFreeRidge - ridge) * n;
  return Eigen::LLT<Eigen::MatrixXd>(bound);
}

/// R H^-1 (N, P).
Matrix<double> scaled_regressors(const MatrixView<double>& r, const Eigen::LLT<Eigen::MatrixXd>& bound,
                                 Executor& executor) {
  Matrix<double> scaled(r.rows(), r.cols());
  for_blocks(r.rows(), kRows, executor, [&](Index first, Index count) {
    scaled.middleRows(first, count) = bound.solve(r.middleRows(first, count).transpose()).transpose();
  });
  return scaled;
}

/// What a prior takes from the penalty: H stays a bound on the curvature.
struct LessPenalty {
  const LogisticPrior& prior;
  const Eigen::LLT<Eigen::MatrixXd>& bound;
  double penalty;

  /// H^-1 times the slope of the penalty that is taken from weights (P, columns) of the responses from
  /// `first` on.
  Matrix<double> pull(const Matrix<double>& weights, Index first) const {
    Matrix<double> slope(weights.rows(), weights.cols());
    for (Index p = 0; p < weights.rows(); ++p) {
      for (Index t = 0; t < weights.cols(); ++t) {
        const double support = (weights(p, t) > 0 ? prior.up : prior.down)(p, first + t);
        slope(p, t) = penalty * support / (1 + support) * weights(p, t);
      }
    }
    return bound.solve(slope);
  }
};

/// The steps of some responses. With the bound H, a gradient step from V is
///     V - H^-1 (R^T (s(RV) - Y) + L V) = (R H^-1)^T (RV / 4 - s(RV) + Y),
/// since L = H - R^T R / 4.
class Columns {
 public:
  Columns(Index first, const Eigen::Ref<const Matrix<double>>& start)
      : first_(first), w_(start), v_(w_), next_(w_) {}

  void step(const MatrixView<double>& r, const Matrix<double>& scaled, const MatrixView<double>& responses,
            const LessPenalty& less) {
    next_.setZero();
    if (less.prior.up.size() > 0) next_ = less.pull(v_, first_);
    for (Index begin = 0; begin < r.rows(); begin += kRows) {
      const Index count = std::min(kRows, r.rows() - begin);
      at_.noalias() = r.middleRows(begin, count) * v_;
      const auto known = responses.block(begin, first_, count, w_.cols()).array();
      pull_ = at_ / 4;
      pull_.array() += known.isNaN().select(0, known - logistic(at_).array());
      next_.noalias() += scaled.middleRows(begin, count).transpose() * pull_;
    }
    largest_change = (next_ - w_).cwiseAbs().maxCoeff();
    against = ((v_ - next_).array() * (next_ - w_).array()).sum();
  }

  void go_on(double momentum) {
    v_ = next_ + momentum * (next_ - w_);
    w_.swap(next_);
  }

  Index first() const { return first_; }
  const Matrix<double>& weights() const { return w_; }
  double largest_change = 0;
  double against = 0;  ///< above 0: the momentum points uphill

 private:
  Index first_;
  Matrix<double> w_, v_, next_, at_, pull_;
};

/// From fit.weights on.
void descend(const MatrixView<double>& regressors, const Matrix<double>& scaled,
             const MatrixView<double>& responses, const LessPenalty& less, LogisticFit& fit,
             Executor& executor) {
  const Index columns = responses.cols(), at_once = columns_at_once(columns);
  std::vector<Columns> blocks;
  for (Index first = 0; first < columns; first += at_once) {
    blocks.emplace_back(first, fit.weights.middleCols(first, std::min(at_once, columns - first)));
  }
  // Nesterov's momentum with a restart (O'Donoghue and Candes 2015), the same for all responses.
  double theta = 1;
  for (int step = 0; step < kMostSteps && !fit.converged; ++step) {
    executor.run(static_cast<std::ptrdiff_t>(blocks.size()), [&](std::ptrdiff_t b) {
      blocks[static_cast<std::size_t>(b)].step(regressors, scaled, responses, less);
    });
    double change = 0, against = 0;
    for (const Columns& block : blocks) {
      change = std::max(change, block.largest_change);
      against += block.against;
    }
    const double next_theta = against > 0 ? 1 : (1 + std::sqrt(1 + 4 * theta * theta)) / 2;
    const double momentum = against > 0 ? 0 : (theta - 1) / next_theta;
    theta = next_theta;
    for (Columns& block : blocks) block.go_on(momentum);
    fit.converged = change < kTolerance;
  }
  for (const Columns& block : blocks) {
    fit.weights.middleCols(block.first(), block.weights().cols()) = block.weights();
  }
}

Matrix<double> intercepts_alone(const MatrixView<double>& responses, Index regressors) {
  Matrix<double> start = Matrix<double>::Zero(regressors, responses.cols());
  const auto known = (1 - responses.array().isNaN().cast<double>()).colwise().sum().cwiseMax(1).eval();
  const auto sum = responses.array().isNaN().select(0, responses.array()).colwise().sum();
  const auto mean = (sum / known).cwiseMax(kLeastMean).cwiseMin(1 - kLeastMean).eval();
  start.row(regressors - 1) = (mean / (1 - mean)).log();
  return start;
}

}  // namespace

LogisticFit fit_logistic(const MatrixView<double>& regressors, const MatrixView<double>& responses,
                         double ridge, const Matrix<double>& start, const LogisticPrior& prior,
                         Executor& executor, Precision precision) {
  const Eigen::LLT<Eigen::MatrixXd> bound = curvature_bound(regressors, ridge, executor);
  LogisticFit fit{start.size() > 0 ? start : intercepts_alone(responses, regressors.cols())};
  if (fit.weights.size() <= kSmall || prior.up.size() > 0) {
    const LessPenalty less{prior, bound, ridge * static_cast<double>(regressors.rows())};
    descend(regressors, scaled_regressors(regressors, bound, executor), responses, less, fit, executor);
  } else {
    const double tolerance = precision == Precision::rough ? kRoughTolerance : kFloatTolerance;
    fit.converged = conjugate_logistic(regressors, bound, responses, ridge, tolerance, fit.weights, executor);
  }
  if (!fit.weights.allFinite())
    throw Error(ErrorCode::numerical, "the regression of a network left the finite numbers");
  return fit;
}

}  // namespace cellmnn
