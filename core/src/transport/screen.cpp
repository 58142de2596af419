#include "transport/screen.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "lanes/lanes.hpp"
#include "transport/order.hpp"

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
      points_(Matrix<float>::Zero(chunks_ * points.cols(), kChunk)),
      low_(Matrix<float>::Zero(points.cols(), rounded_up(chunks_, kLanes<float>))),
      high_(low_),
      dual_(Vector<float>::Constant(chunks_ * kChunk, -kInfinity)),
      chunk_dual_(Vector<float>::Constant(low_.cols(), -kInfinity)),
      x_(points.cols()),
      chunk_square_(low_.cols()) {
  const Index dims = points.cols();
  for (Index k = 0; k < points.rows(); ++k) {
    const auto point = points.row(order_[static_cast<std::size_t>(k)]).transpose();
    points_.block(k / kChunk * dims, k % kChunk, dims, 1) = point.cast<float>();
  }
  for (Index chunk = 0; chunk < chunks_; ++chunk) {
    const Index count = std::min(kChunk, points.rows() - chunk * kChunk);
    const auto members = points_.block(chunk * dims, 0, dims, count);
    low_.col(chunk) = members.rowwise().minCoeff();
    high_.col(chunk) = members.rowwise().maxCoeff();
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
  const Index dims = x_.size();
  margin_ = 1e-7 *
            (static_cast<double>(dims + 4) * largest_cost(dims, kind_) + 2 * duals.lpNorm<Eigen::Infinity>());
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
  constexpr Index kGroup = 4 * kLanes<float>;  // so many that the sums of a group stay in registers
  const Index dims = x_.size();
  const float* const dual = dual_.data() + chunk * kChunk;
  std::array<std::int32_t, kChunk> below;
  Bits any{};
  for (Index begin = 0; begin < kChunk; begin += kGroup) {
    const float* point = points_.data() + chunk * dims * kChunk + begin;
    V square[4] = {};
    for (Index d = 0; d < dims; ++d, point += kChunk) {
      for (Index k = 0; k < 4; ++k) {
        const V difference = load(point + k * kLanes<float>) - x_(d);
        square[k] += difference * difference;
      }
    }
    for (Index k = 0; k < 4; ++k) {
      const Index lane = begin + k * kLanes<float>;
      const Bits positive = excess<V>(load(dual + lane), square[k]) > 0;
      store<float>(square_.data() + lane, square[k]);
      std::memcpy(below.data() + lane, &positive, sizeof positive);
      any |= positive;
    }
  }
  std::int32_t found = 0;
  for (Index k = 0; k < kLanes<float>; ++k) found |= any[k];
  if (found == 0) return {};
  std::size_t count = 0;
  for (std::size_t lane = 0; lane < kChunk; ++lane) {
    lanes_[count] = static_cast<std::int32_t>(lane);
    count += below[lane] != 0;
  }
  return {lanes_.data(), count};
}

}  // namespace cellmnn
