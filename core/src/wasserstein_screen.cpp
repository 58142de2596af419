#include "wasserstein_screen.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "lanes.hpp"
#include "wasserstein_order.hpp"

namespace cellmnn {
namespace {

using V = Lanes<float>;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

Index rounded_up(Index count, Index multiple) { return (count + multiple - 1) / multiple * multiple; }

}  // namespace

PointScreen::PointScreen(const Matrix<double>& points, TransportCost kind)
    : kind_(kind),
      chunks_(rounded_up(points.rows(), kChunk) / kChunk),
      order_(spatial_order(points, kChunk)),
      points_(Matrix<float>::Zero(points.cols(), chunks_ * kChunk)),
      low_(Matrix<float>::Zero(points.cols(), rounded_up(chunks_, kLanes<float>))),
      high_(low_),
      dual_(Vector<float>::Constant(points_.cols(), -kInfinity)),
      chunk_dual_(Vector<float>::Constant(low_.cols(), -kInfinity)),
      x_(points.cols()),
      chunk_square_(low_.cols()) {
  for (Index k = 0; k < points.rows(); ++k) {
    points_.col(k) = points.row(order_[static_cast<std::size_t>(k)]).transpose().cast<float>();
  }
  for (Index chunk = 0; chunk < chunks_; ++chunk) {
    const Index begin = chunk * kChunk, count = std::min(kChunk, points.rows() - begin);
    low_.col(chunk) = points_.middleCols(begin, count).rowwise().minCoeff();
    high_.col(chunk) = points_.middleCols(begin, count).rowwise().maxCoeff();
  }
}

void PointScreen::set_duals(const Vector<double>& duals) {
  for (std::size_t k = 0; k < order_.size(); ++k) {
    dual_(static_cast<Index>(k)) = static_cast<float>(duals(order_[k]));
  }
  for (Index chunk = 0; chunk < chunks_; ++chunk) {
    chunk_dual_(chunk) = dual_.segment<kChunk>(chunk * kChunk).maxCoeff();
  }
  // Coordinates, differences, squares, their sum, duals and bounds are each rounded by at most 2^-24.
  const auto dims = static_cast<double>(points_.rows());
  margin_ = 1e-7 * ((dims + 4) * largest_cost(points_.rows(), kind_) + duals.lpNorm<Eigen::Infinity>());
}

Index PointScreen::set_origin(const Eigen::Ref<const Eigen::RowVectorXd>& x, Index preferred) {
  x_ = x.transpose().cast<float>();
  for (Index lane = 0; lane < chunk_square_.size(); lane += kLanes<float>) {
    V square{};
    for (Index d = 0; d < x_.size(); ++d) {
      const V below = load(low_.data() + d * low_.cols() + lane) - x_(d);
      const V above = x_(d) - load(high_.data() + d * high_.cols() + lane);
      const V outside = max_lanes<float>(max_lanes<float>(below, above), V{});
      square += outside * outside;
    }
    store<float>(chunk_square_.data() + lane, square);
  }
  Index best = preferred;
  float least = kInfinity;
  for (Index k = 0; k < chunks_; ++k) {
    const Index chunk = preferred + k < chunks_ ? preferred + k : preferred + k - chunks_;
    const float square = chunk_square_(chunk);
    const float key = (kind_ == TransportCost::euclidean ? std::sqrt(square) : square) - chunk_dual_(chunk);
    if (key < least) {
      least = key;
      best = chunk;
    }
  }
  return best;
}

std::span<const std::int32_t> PointScreen::candidates(Index chunk) {
  if (!(excess(chunk_dual_(chunk), chunk_square_(chunk)) > 0)) return {};
  using Bits = LaneTypes<float>::Bits;
  const float* const point = points_.data() + chunk * kChunk;
  std::array<std::int32_t, kChunk> below;
  Bits any{};
  for (Index lane = 0; lane < kChunk; lane += kLanes<float>) {
    V square{};
    for (Index d = 0; d < x_.size(); ++d) {
      const V difference = load(point + d * points_.cols() + lane) - x_(d);
      square += difference * difference;
    }
    store<float>(square_.data() + lane, square);
    const Bits positive = excess<V>(load(dual_.data() + chunk * kChunk + lane), square) > 0;
    std::memcpy(below.data() + lane, &positive, sizeof positive);
    any |= positive;
  }
  std::int32_t found = 0;
  for (Index k = 0; k < kLanes<float>; ++k) found |= any[k];
  if (found == 0) return {};
  std::size_t count = 0;
  for (std::int32_t lane = 0; lane < kChunk; ++lane) {
    lanes_[count] = lane;
    count -= static_cast<std::size_t>(static_cast<std::ptrdiff_t>(below[static_cast<std::size_t>(lane)]));  // -1 is true
  }
  return {lanes_.data(), count};
}

}  // namespace cellmnn
