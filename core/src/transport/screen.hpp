/// A fast test, in float, of which points may be near one point.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "transport/problem.hpp"

namespace cellmnn {

/// Finds the points of a set whose cost from x, less their dual, may be below a limit. The points are
/// held in chunks of near ones; a chunk is first tested by the box around it. No point is missed: the
/// limit is widened by a bound on the rounding errors.
class PointScreen {
 public:
  static constexpr Index kChunk = 64;

  PointScreen(const Matrix<double>& points, TransportCost kind);

  Index chunks() const { return chunks_; }
  Index point(Index chunk, Index lane) const {
    return order_[static_cast<std::size_t>(chunk * kChunk + lane)];
  }

  void set_duals(const Vector<double>& duals);

  /// Sets x. Returns the chunk that may have the least cost - dual; among equal ones the first at or
  /// after `preferred`.
  Index set_origin(const Eigen::Ref<const Eigen::RowVectorXd>& x, Index preferred);

  void set_limit(double limit) { limit_ = static_cast<float>(limit + margin_); }

  /// The lanes of the chunk whose points may be below the limit; valid until the next call.
  std::span<const std::int32_t> candidates(Index chunk);

  /// Whether a candidate of the last chunk still is one after the limit has changed.
  bool is_candidate(Index chunk, Index lane) const {
    return excess(dual_(chunk * kChunk + lane), square_[static_cast<std::size_t>(lane)]) > 0;
  }

 private:
  /// Positive where cost < limit + dual, which needs no square root.
  template <typename Float>
  Float excess(const Float& dual, const Float& square) const {
    const Float bound = dual + limit_;
    const Float magnitude = bound < 0 ? -bound : bound;
    return (kind_ == TransportCost::euclidean ? bound * magnitude : bound) - square;
  }

  TransportCost kind_;
  Index chunks_;
  std::vector<Index> order_;
  Matrix<float> points_;      // (chunks * D, kChunk): D rows a chunk, in this order
  Matrix<float> low_, high_;  // (D, padded chunks) the box around each chunk
  Vector<float> dual_;        // (padded points), -infinity after the last point
  Vector<float> chunk_dual_;  // (padded chunks) the largest of the chunk
  double margin_ = 0;

  Vector<float> x_;
  Vector<float> chunk_square_;  // (padded chunks) squared distance of x from the box
  float limit_ = 0;
  // Of the chunk that was tested last:
  std::array<float, kChunk> square_{};
  std::array<std::int32_t, kChunk> lanes_{};
};

}  // namespace cellmnn
