/// Logistic ridge regression of many responses by conjugate gradients, in float: for many weights.
#pragma once

#include <Eigen/Cholesky>

#include "cellmnn/parallel.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Brings `weights` (P, T) to the minimum of fit_logistic() and says whether all responses came there.
/// `bound` is the factor of H = R^T R / 4 + L, R the regressors (N, P) and L the penalties: no curvature is
/// larger.
///
/// Each response has steps of its own. Directions are conjugate to each other in the metric H (Polak and
/// Ribiere, with restarts). Along a direction d the step is that of Newton, shortened by log(1 + x) / x with
/// x the largest change of a logit, which always goes downhill (Bach 2010, self-concordant analysis).
///
/// A response has arrived when its weights are, in the root mean square, no further than `tolerance` from the
/// least on the line of its last step, as far as the penalty alone can tell.
///
/// Where there are fewer rows than twice the regressors, weights are held as H^-1 R^T a, so that a step costs
/// N^2 instead of 2 N P.
bool conjugate_logistic(const MatrixView<double>& regressors, const Eigen::LLT<Eigen::MatrixXd>& bound,
                        const MatrixView<double>& responses, double ridge, double tolerance,
                        Matrix<double>& weights, Executor& executor);

}  // namespace cellmnn
