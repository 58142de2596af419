#include "training/loss_weights.hpp"

#include <algorithm>

#include "cellmnn/types.hpp"
#include "model/mass.hpp"

namespace cellmnn {

template <typename Scalar>
void LossWeights<Scalar>::resize(Index cells, Index times) {
  growth_.resize(1, cells);
  expected_.resize(1, cells);
  weights_.resize(times, cells);
  slopes_.resize(times, cells);
}

template <typename Scalar>
void LossWeights<Scalar>::expect(const Vector<Scalar>& growth) {
  Eigen::Map<Vector<Scalar>> expected(expected_.row(0), expected_.cells());
  if (growth.size() == 0) {
    expected.setZero();
  } else {
    expected = growth;
  }
}

template <typename Scalar>
Scalar LossWeights<Scalar>::read(const Scalar* output, Index begin, Index count) {
  Scalar* g = growth_.row(0) + begin;
  const Scalar* expected = expected_.row(0) + begin;
  Scalar squares = 0;
  for (Index i = 0; i < count; ++i) {
    g[i] = growth(output[i]);
    squares += (g[i] - expected[i]) * (g[i] - expected[i]);
  }
  return squares;
}

template <typename Scalar>
void LossWeights<Scalar>::normalise(const std::vector<Scalar>& times) {
  const Index cells = growth_.cells();
  const Eigen::Map<const Vector<Scalar>> g(growth_.row(0), cells);
  for (std::size_t t = 0; t < times.size(); ++t) {
    Eigen::Map<Vector<Scalar>> weights(weights_.row(static_cast<Index>(t)), cells);
    weights = g * times[t];
    normalise_logs(weights);
  }
}

template <typename Scalar>
void LossWeights<Scalar>::clear_slopes(Index begin, Index count) {
  for (Index t = 0; t < slopes_.features(); ++t)
    std::fill_n(slopes_.row(t) + begin, padded(count), Scalar(0));
}

/// With weights w_i = exp(g_i dt) / sum, dL/dg_i = dt w_i (s_i - sum_j w_j s_j) where s is dL/dw.
template <typename Scalar>
void LossWeights<Scalar>::gradient(const std::vector<Scalar>& times, Scalar square_weight, Index begin,
                                   Index count, Scalar* output_gradient) const {
  const Scalar* g = growth_.row(0) + begin;
  const Scalar* expected = expected_.row(0) + begin;
  for (Index i = 0; i < count; ++i) output_gradient[i] = 2 * square_weight * (g[i] - expected[i]);
  for (std::size_t t = 0; t < times.size(); ++t) {
    const Scalar* weights = weights_.row(static_cast<Index>(t));
    const Scalar* slopes = slopes_.row(static_cast<Index>(t));
    Scalar mean = 0;
    for (Index i = 0; i < growth_.cells(); ++i) mean += weights[i] * slopes[i];
    for (Index i = 0; i < count; ++i) {
      output_gradient[i] += times[t] * weights[begin + i] * (slopes[begin + i] - mean);
    }
  }
  for (Index i = 0; i < count; ++i) output_gradient[i] *= growth_slope(g[i]);
}

template class LossWeights<float>;
template class LossWeights<double>;

}  // namespace cellmnn
