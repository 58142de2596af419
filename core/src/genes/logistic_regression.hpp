/// Logistic ridge regression of many responses on the same regressors.
#pragma once

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Rough weights are good enough to plan transport and to begin the next fit.
enum class Precision { full, rough };

struct LogisticFit {
  Matrix<double> weights;  ///< (P, T), one response a column; the last row is the intercepts
  bool converged = false;  ///< false if the steps were used up
};

/// Effects that are likely: (P, T) by how much the penalty of a weight above 0 or below 0 is divided, less 1.
struct LogisticPrior {
  Matrix<double> up, down;
};

/// The minimum over w, for each column y of `responses` (N, T), of
///
///     sum_n CE(y_n, s(r_n . w)) + ridge N / 2 |w|^2,   CE(y, p) = -y log p - (1 - y) log(1 - p),
///
/// s the logistic function, and `responses` between 0 and 1, or NaN for rows that say nothing of this
/// response. The last column of `regressors` (N, P) is ones and its weight, the intercept, all but free.
/// Begins with `start` (P, T), or with intercepts alone where it is empty. Up to 10,000 weights are found in
/// double by accelerated gradients until none changes by 1e-3, all responses together; more by
/// conjugate_logistic(), roughly if `precision` says so, unless there is a prior, which may be empty.
LogisticFit fit_logistic(const MatrixView<double>& regressors, const MatrixView<double>& responses,
                         double ridge, const Matrix<double>& start, const LogisticPrior& prior,
                         Executor& executor, Precision precision = Precision::full);

/// s(x), without overflow.
template <typename Derived>
auto logistic(const Eigen::MatrixBase<Derived>& x) {
  return (1 / (1 + (-x.array().cwiseMax(-30).cwiseMin(30)).exp())).matrix().eval();
}

}  // namespace cellmnn
