#include "genes/conjugate_logistic.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "base/for_blocks.hpp"
#include "genes/logistic_regression.hpp"

namespace cellmnn {
namespace {

using Floats = Eigen::MatrixXf;      // a response a column
using Numbers = Eigen::RowVectorXf;  // one for each response
constexpr float kSmallReach = 1e-6F, kTiny = 1e-30F;
constexpr float kLeastCurvature = 1e-5F;  // in units of its bound: below, there is rounding only
constexpr int kMostConjugateSteps = 200;
constexpr Index kResponses = 64;  // of one task at most: their logits stay in the cache
constexpr Index kTaskRows = 256;  // of one task

/// H^-1/2 in coordinates: with H = C C^T and weights w, the coordinates are C^T w, their length is that of w
/// in the metric H, and they act by R C^-T.
class Coordinates {
 public:
  Coordinates(const MatrixView<double>& regressors, const Eigen::LLT<Eigen::MatrixXd>& bound,
              Executor& executor)
      : bound_(bound), regressors_(regressors.rows(), regressors.cols()) {
    const Index n = regressors.rows();
    for_blocks(n, kTaskRows, executor, [&](Index first, Index count) {
      regressors_.middleRows(first, count) =
          bound.matrixL().solve(regressors.middleRows(first, count).transpose()).transpose().cast<float>();
    });
    if (n >= 2 * regressors.cols()) return;
    products_.resize(n, n);
    for_blocks(n, kTaskRows, executor, [&](Index first, Index count) {
      products_.middleCols(first, count).noalias() =
          regressors_ * regressors_.middleRows(first, count).transpose();
    });
  }

  Floats logits_of_weights(const Eigen::Ref<const Matrix<double>>& weights) const {
    return regressors_ * (bound_.matrixU() * weights).cast<float>();
  }

  Matrix<double> weights(const Floats& x) const {
    const Floats coordinates = by_rows() ? pulled(x) : x;
    return bound_.matrixU().solve(coordinates.cast<double>());
  }

  /// Of a pull (N, T) on the logits.
  Floats coordinates(const Floats& pull) const { return by_rows() ? pull : pulled(pull); }

  Floats logits(const Floats& x) const { return (by_rows() ? products_ : regressors_) * x; }

  /// The product of each x and y in the metric H; `logits` those of y.
  Numbers product(const Floats& x, const Floats& y, const Floats& logits) const {
    return x.cwiseProduct(by_rows() ? logits : y).colwise().sum();
  }

 private:
  bool by_rows() const { return products_.size() > 0; }
  Floats pulled(const Floats& x) const { return regressors_.transpose() * x; }

  const Eigen::LLT<Eigen::MatrixXd>& bound_;
  Floats regressors_;  // (N, P) R C^-T
  Floats products_;    // (N, N) R H^-1 R^T, or empty
};

/// Some responses on their way. A point or direction has coordinates and logits.
class Descent {
 public:
  Descent(const Coordinates& coordinates, const Eigen::Ref<const Matrix<double>>& responses, float near,
          const Eigen::Ref<const Matrix<double>>& weights)
      : at_(coordinates),
        near_(near),
        responses_(responses.cast<float>()),
        known_(1 - responses_.array().isNaN().cast<float>()) {
    responses_ = responses_.array().isNaN().select(0, responses_);
    open_.resize(static_cast<std::size_t>(responses.cols()));
    std::iota(open_.begin(), open_.end(), Index{0});
    logits_ = at_.logits_of_weights(weights);
    x_ = at_.coordinates(pull(logistic(logits_)));  // a whole step by the bound, which goes downhill
    logits_ = at_.logits(x_);
  }

  bool run(Eigen::Ref<Matrix<double>> weights) {
    Floats result(x_.rows(), x_.cols());
    for (int step = 0; step < kMostConjugateSteps && !open_.empty(); ++step) {
      take_step();
      std::vector<Index> kept;
      for (std::size_t i = 0; i < open_.size(); ++i) {
        const auto column = static_cast<Index>(i);
        if (distances_(column) < near_) {
          result.col(open_[i]) = x_.col(column);
        } else {
          kept.push_back(column);
        }
      }
      if (kept.size() < open_.size()) keep(kept);
    }
    for (std::size_t i = 0; i < open_.size(); ++i) result.col(open_[i]) = x_.col(static_cast<Index>(i));
    weights = at_.weights(result);
    return open_.empty();
  }

 private:
  Floats pull(const Floats& means) const { return logits_ / 4 + known_.cwiseProduct(responses_ - means); }

  void take_step() {
    const Floats means = logistic(logits_);
    const Floats slope = x_ - at_.coordinates(pull(means));  // H^-1 times the gradient
    const Floats slope_logits = at_.logits(slope);
    choose_direction(slope, slope_logits);

    const Numbers fall = at_.product(slope, direction_, direction_logits_);
    const Numbers square = at_.product(direction_, direction_, direction_logits_);
    const Numbers curvature = square + ((known_.array() * (means.array() - means.array().square()) - 0.25F) *
                                        direction_logits_.array().square())
                                           .matrix()
                                           .colwise()
                                           .sum();
    const Numbers reach = direction_logits_.cwiseAbs().colwise().maxCoeff();
    Numbers sizes(fall.size());
    distances_.resize(fall.size());
    for (Index t = 0; t < fall.size(); ++t) {
      const bool goes_down = fall(t) < 0 && square(t) > 0;  // else nothing but rounding is left
      sizes(t) = goes_down ? step_size(-fall(t), curvature(t), square(t), reach(t)) : 0;
      distances_(t) = goes_down ? std::sqrt(-fall(t) * sizes(t)) : 0;
    }
    x_ += direction_ * sizes.asDiagonal();
    logits_ += direction_logits_ * sizes.asDiagonal();
  }

  /// For a slope of -fall and a curvature of at most `square`; `reach` is the largest change of a logit at
  /// size 1.
  static float step_size(float fall, float curvature, float square, float reach) {
    const float newton = fall / std::max(curvature, kLeastCurvature * square);
    const float change = newton * reach;
    const float shortened = change > kSmallReach ? std::log1p(change) / reach : newton;
    return std::max(shortened, fall / square);
  }

  void choose_direction(const Floats& slope, const Floats& slope_logits) {
    const Numbers length = at_.product(slope, slope, slope_logits);
    if (direction_.size() == 0) {
      direction_ = -slope;
      direction_logits_ = -slope_logits;
    } else {
      const Numbers turn = length - at_.product(last_slope_, slope, slope_logits);
      const Numbers momentum = (turn.array() / last_length_.array().cwiseMax(kTiny)).cwiseMax(0);
      direction_ = direction_ * momentum.asDiagonal() - slope;
      direction_logits_ = direction_logits_ * momentum.asDiagonal() - slope_logits;
      const Numbers fall = at_.product(slope, direction_, direction_logits_);
      for (Index t = 0; t < fall.size(); ++t) {
        if (fall(t) < 0) continue;
        direction_.col(t) = -slope.col(t);
        direction_logits_.col(t) = -slope_logits.col(t);
      }
    }
    last_slope_ = slope;
    last_length_ = length;
  }

  void keep(const std::vector<Index>& columns) {
    for (Floats* each : {&responses_, &known_, &x_, &logits_, &direction_, &direction_logits_, &last_slope_})
      *each = (*each)(Eigen::all, columns).eval();
    last_length_ = last_length_(columns).eval();
    std::vector<Index> open;
    open.reserve(columns.size());
    for (const Index column : columns) open.push_back(open_[static_cast<std::size_t>(column)]);
    open_ = std::move(open);
  }

  const Coordinates& at_;
  float near_;               // the distance at which a response has arrived
  std::vector<Index> open_;  // responses that have not arrived: the columns of all below
  Floats responses_, known_, x_, logits_, direction_, direction_logits_, last_slope_;
  Numbers last_length_;
  Numbers distances_;  // from the least on the line of the last step, in the metric H
};

}  // namespace

bool conjugate_logistic(const MatrixView<double>& regressors, const Eigen::LLT<Eigen::MatrixXd>& bound,
                        const MatrixView<double>& responses, double ridge, double tolerance,
                        Matrix<double>& weights, Executor& executor) {
  const Coordinates coordinates(regressors, bound, executor);
  // No curvature is below that of the penalty, by which a distance of weights is one in the metric H.
  const double least_curvature = ridge * static_cast<double>(regressors.rows());
  const auto near =
      static_cast<float>(tolerance * std::sqrt(least_curvature * static_cast<double>(regressors.cols())));
  const Index columns = responses.cols(), blocks = 2 * ((columns + 2 * kResponses - 1) / (2 * kResponses));
  std::vector<char> arrived(static_cast<std::size_t>(blocks), 1);
  executor.run(blocks, [&](std::ptrdiff_t b) {
    const auto block = static_cast<Index>(b);
    const Index first = block * columns / blocks, count = (block + 1) * columns / blocks - first;
    if (count == 0) return;
    Descent descent(coordinates, responses.middleCols(first, count), near, weights.middleCols(first, count));
    arrived[static_cast<std::size_t>(b)] = descent.run(weights.middleCols(first, count)) ? 1 : 0;
  });
  return std::find(arrived.begin(), arrived.end(), 0) == arrived.end();
}

}  // namespace cellmnn
