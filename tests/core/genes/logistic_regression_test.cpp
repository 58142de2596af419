#include "genes/logistic_regression.hpp"

#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"
#include "reversed_executor.hpp"

using namespace cellmnn;
using namespace cellmnn::testing;

namespace {

struct Problem {
  Matrix<double> regressors, responses;
};

/// More responses than one task has, more rows than stay in the cache.
Problem random_problem(Index rows = 300, Index regressors = 4, Index responses = 40) {
  Rng rng(11);
  Problem problem{Matrix<double>::Ones(rows, regressors + 1), Matrix<double>(rows, responses)};
  for (double& x : problem.regressors.leftCols(regressors).reshaped()) x = rng.uniform();
  Matrix<double> weights(regressors + 1, responses);
  const double size = 4 / std::sqrt(static_cast<double>(regressors));
  for (double& weight : weights.reshaped()) weight = size * rng.normal();
  weights.row(regressors) =
      -0.5 * weights.topRows(regressors).colwise().sum();  // half of the responses are high
  problem.responses = logistic(problem.regressors * weights);
  for (double& y : problem.responses.reshaped()) y = rng.uniform() < y ? 1 : 0.3 * y;
  return problem;
}

/// The minimum by Newton's method.
Vector<double> newton(const Problem& problem, Index response, double ridge) {
  const Matrix<double>& r = problem.regressors;
  Vector<double> penalty = Vector<double>::Constant(r.cols(), ridge * static_cast<double>(r.rows()));
  penalty(r.cols() - 1) = 1e-6 * static_cast<double>(r.rows());
  Vector<double> w = Vector<double>::Zero(r.cols());
  for (int step = 0; step < 50; ++step) {
    const Vector<double> s = (1 / (1 + (-(r * w).array()).exp())).matrix();
    const Vector<double> slope =
        r.transpose() * (s - problem.responses.col(response)) + penalty.cwiseProduct(w);
    Eigen::MatrixXd curvature = r.transpose() * s.cwiseProduct((1 - s.array()).matrix()).asDiagonal() * r;
    curvature.diagonal() += penalty;
    w -= curvature.lu().solve(slope);
  }
  return w;
}

}  // namespace

TEST_CASE("a logistic regression is the minimum that Newton's method finds", "[logistic_regression]") {
  SerialExecutor executor;
  const Problem problem = random_problem();
  const LogisticFit fit = fit_logistic(problem.regressors, problem.responses, 0.01, {}, {}, executor);
  REQUIRE(fit.converged);
  for (Index t = 0; t < problem.responses.cols(); ++t) {
    INFO("response " << t);
    CHECK((fit.weights.col(t) - newton(problem, t, 0.01)).cwiseAbs().maxCoeff() < 0.01);
  }
  const LogisticFit again =
      fit_logistic(problem.regressors, problem.responses, 0.01, fit.weights, {}, executor);
  CHECK((again.weights - fit.weights).cwiseAbs().maxCoeff() < 0.01);
}

TEST_CASE("rows that say nothing of a response are left out of it", "[logistic_regression]") {
  SerialExecutor executor;
  const auto responses = GENERATE(Index{3}, Index{150});  // in double, in float
  Problem problem = random_problem(200, 80, responses);
  Problem fewer{problem.regressors.bottomRows(140), problem.responses.bottomRows(140)};
  problem.responses.col(1).head(60).setConstant(std::numeric_limits<double>::quiet_NaN());
  const LogisticFit fit = fit_logistic(problem.regressors, problem.responses, 0.014, {}, {}, executor);
  REQUIRE(fit.converged);
  CHECK((fit.weights.col(0) - newton(problem, 0, 0.014)).cwiseAbs().maxCoeff() < 0.02);
  // The penalty counts all rows.
  CHECK((fit.weights.col(1) - newton(fewer, 1, 0.02)).cwiseAbs().maxCoeff() < 0.02);
}

TEST_CASE("a logistic regression has the same bits for any order of work", "[logistic_regression]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const Problem problem = random_problem();
  CHECK(fit_logistic(problem.regressors, problem.responses, 0.01, {}, {}, serial).weights ==
        fit_logistic(problem.regressors, problem.responses, 0.01, {}, {}, reversed).weights);
}

TEST_CASE("many weights, which are found in float, are the minimum that Newton's method finds",
          "[logistic_regression]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const auto rows = GENERATE(Index{60}, Index{150}, Index{500});  // fewer and more than twice the regressors
  INFO(rows << " rows");
  const Problem problem = random_problem(rows, 100, 140);
  const LogisticFit all = fit_logistic(problem.regressors, problem.responses, 0.02, {}, {}, serial);
  REQUIRE(all.converged);
  for (const Index t : {0, 63, 69, 70, 139}) {
    INFO("response " << t);
    CHECK((all.weights.col(t) - newton(problem, t, 0.02)).cwiseAbs().maxCoeff() < 0.01);
    CHECK(all.weights.col(t).topRows(100).cwiseAbs().maxCoeff() > 0.2);
  }
  CHECK(all.weights == fit_logistic(problem.regressors, problem.responses, 0.02, {}, {}, reversed).weights);
  const LogisticFit again =
      fit_logistic(problem.regressors, problem.responses, 0.02, all.weights, {}, reversed);
  CHECK((again.weights - all.weights).cwiseAbs().maxCoeff() < 0.01);
}

TEST_CASE("many responses that nothing explains, or that are all 0, have finite weights",
          "[logistic_regression]") {
  SerialExecutor executor;
  Problem problem = random_problem(90, 100, 120);
  problem.responses.leftCols(60).setConstant(0.25);
  problem.responses.rightCols(60).setZero();
  const LogisticFit fit = fit_logistic(problem.regressors, problem.responses, 0.02, {}, {}, executor);
  REQUIRE(fit.converged);
  CHECK(fit.weights.topLeftCorner(100, 60).isZero(1e-2));
  CHECK((fit.weights.row(100).head(60).array() - std::log(1.0 / 3)).matrix().isZero(1e-2));
  CHECK((fit.weights.row(100).tail(60).array() < -2).all());
}

TEST_CASE("responses that nothing explains have their mean as intercept", "[logistic_regression]") {
  SerialExecutor executor;
  Problem problem = random_problem(50, 2, 1);
  problem.responses.setConstant(0.25);
  const Matrix<double> weights =
      fit_logistic(problem.regressors, problem.responses, 0.01, {}, {}, executor).weights;
  CHECK(weights.topRows(2).isZero(1e-3));
  CHECK(weights(2, 0) == Approx(std::log(1.0 / 3)).epsilon(1e-3));
}

TEST_CASE("regressors that are not finite are refused", "[logistic_regression]") {
  SerialExecutor executor;
  Problem problem = random_problem(50, 2, 1);
  problem.regressors(3, 1) = std::numeric_limits<double>::quiet_NaN();
  REQUIRE_THROWS_MATCHES(fit_logistic(problem.regressors, problem.responses, 0.01, {}, {}, executor), Error,
                         error_with(ErrorCode::numerical, {"not finite"}));
}

TEST_CASE("a prior takes from the penalty of weights with its sign", "[logistic_regression]") {
  SerialExecutor serial;
  ReversedExecutor reversed;
  const Problem problem = random_problem(300, 4, 40);
  LogisticPrior prior{Matrix<double>::Zero(5, 40), Matrix<double>::Zero(5, 40)};
  prior.up.row(1).setConstant(3);
  prior.down.row(2).setConstant(3);
  const double ridge = 0.05;
  const auto fit_of = [&](Executor& executor) {
    return fit_logistic(problem.regressors, problem.responses, ridge, {}, prior, executor);
  };
  const LogisticFit fit = fit_of(serial);
  REQUIRE(fit.converged);
  CHECK(fit.weights == fit_of(reversed).weights);
  // At the minimum the slope of the loss is that of the penalty.
  const Matrix<double> slope =
      problem.regressors.transpose() * (problem.responses - logistic(problem.regressors * fit.weights)) / 300;
  int less = 0;
  for (Index t = 0; t < 40; ++t) {
    for (Index p = 0; p < 4; ++p) {
      const double weight = fit.weights(p, t);
      const bool supported = (p == 1 && weight > 0) || (p == 2 && weight < 0);
      less += supported ? 1 : 0;
      CHECK(slope(p, t) == Approx(ridge * weight / (supported ? 4 : 1)).margin(2e-4));
    }
  }
  CHECK(less > 20);
}

TEST_CASE("rare responses of few cells and many regressors have finite weights", "[logistic_regression]") {
  SerialExecutor executor;
  const Index rows = 60, regressors = 400, responses = 300;
  Rng rng(12);
  Problem problem{Matrix<double>::Zero(rows, regressors + 1), Matrix<double>::Zero(rows, responses)};
  problem.regressors.rightCols(1).setOnes();
  for (double& x : problem.regressors.leftCols(regressors).reshaped()) x = rng.uniform() < 0.05 ? 1 : 0;
  for (double& y : problem.responses.reshaped()) y = rng.uniform() < 0.02 ? rng.uniform() : 0;
  const LogisticFit first = fit_logistic(problem.regressors, problem.responses, 0.003, {}, {}, executor);
  CHECK(first.converged);
  const LogisticFit again =
      fit_logistic(problem.regressors, problem.responses, 0.003, first.weights, {}, executor);
  CHECK(again.converged);
  for (const Index t : {0, 150, 299})
    CHECK((again.weights.col(t) - newton(problem, t, 0.003)).head(regressors).cwiseAbs().maxCoeff() < 0.02);
}
