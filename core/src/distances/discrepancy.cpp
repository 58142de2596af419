#include "distances/discrepancy.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "distances/weighted_points.hpp"
#include "lanes/lanes.hpp"

namespace cellmnn {
namespace {

constexpr Index kBlockPoints = 64;   // points that are compared with one point at a time
constexpr Index kTaskPoints = 1024;  // of a block of parallel work

using Block = Eigen::Array<double, kBlockPoints, 1>;

/// The weighted mean of f(|x - y|^2) between the points of a block, which begins at `begin`, and all of b.
template <typename F>
double block_sum(const WeightedPoints& a, Index begin, const WeightedPoints& b, const F& f) {
  const Index count = std::min(kBlockPoints, a.points.rows() - begin), dims = a.points.cols();
  Eigen::Array<double, kBlockPoints, Eigen::Dynamic> x(kBlockPoints, dims);
  x.setZero();
  x.topRows(count) = a.points.middleRows(begin, count).array();
  Block weights = Block::Zero();
  weights.head(count) = a.weights.segment(begin, count).array();
  Block sums = Block::Zero();
  for (Index j = 0; j < b.points.rows(); ++j) {
    Block squares = Block::Zero();
    for (Index d = 0; d < dims; ++d) squares += (x.col(d) - b.points(j, d)).square();
    sums += b.weights(j) * f(squares);
  }
  return (sums * weights).sum();
}

template <typename F>
double pair_mean(const WeightedPoints& a, const WeightedPoints& b, Executor& executor, const F& f) {
  return sum_over_blocks(a.points.rows(), kTaskPoints, executor, [&](Index first, Index count) {
    double sum = 0;
    for (Index begin = first; begin < first + count; begin += kBlockPoints) sum += block_sum(a, begin, b, f);
    return sum;
  });
}

/// A single exp: each gamma is a whole multiple of the one after it.
Block mean_rbf_kernel(const Block& squares) {
  Block kernel;
  for (Index i = 0; i < kBlockPoints; i += kLanes<double>) {
    store<double>(kernel.data() + i, exp_nonpositive<double>(load(squares.data() + i) * -kRbfGammas.back()));
  }
  Block sum = kernel;
  for (std::size_t i = kRbfGammas.size() - 1; i > 0; --i) {
    const Block base = kernel;
    const long exponent = std::lround(kRbfGammas[i - 1] / kRbfGammas[i]);
    for (long factor = 1; factor < exponent; ++factor) kernel *= base;
    sum += kernel;
  }
  return sum / static_cast<double>(kRbfGammas.size());
}

/// E f(u, u') + E f(v, v') - 2 E f(u, v), where f takes squared distances.
template <typename F>
double discrepancy(const MatrixView<double>& u, const MatrixView<double>& v, Executor& executor,
                   const Vector<double>& u_weights, const Vector<double>& v_weights, const F& f) {
  if (u.size() == 0 || v.size() == 0 || u.cols() != v.cols()) {
    throw Error(ErrorCode::bad_input,
                "a distance of distributions needs two sets of points that are not empty and have the same "
                "dimensions; got " +
                    shape_text(u) + " and " + shape_text(v));
  }
  const WeightedPoints a(u, u_weights), b(v, v_weights);
  return pair_mean(a, a, executor, f) + pair_mean(b, b, executor, f) - 2 * pair_mean(a, b, executor, f);
}

}  // namespace

double rbf_mmd2(const MatrixView<double>& u, const MatrixView<double>& v, Executor& executor,
                const Vector<double>& u_weights, const Vector<double>& v_weights) {
  return discrepancy(u, v, executor, u_weights, v_weights, mean_rbf_kernel);
}

double energy_distance(const MatrixView<double>& u, const MatrixView<double>& v, Executor& executor,
                       const Vector<double>& u_weights, const Vector<double>& v_weights) {
  return -discrepancy(u, v, executor, u_weights, v_weights,
                      [](const Block& squares) -> Block { return squares.sqrt(); });
}

}  // namespace cellmnn
