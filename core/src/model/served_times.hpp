/// Which times of a list each segment of a way serves, and what the terms of its Taylor chain weigh there.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "model/flow_segments.hpp"

namespace cellmnn {

inline constexpr Index kUsualSegments = 16;  // of one side; room for so many from the start, more are rare

enum class PathQuantity { position, velocity };

/// What one segment serves. Valid until other times or another cut are asked for.
template <typename Scalar>
struct ServedSegment {
  const Index* places = nullptr;         ///< in the list of times; -1 is the end of the segment
  const Scalar* coefficients = nullptr;  ///< (degree + 1, times): of the terms in the result at a time
  Index count = 0;                       ///< of times
};

/// Remembers how each side was cut, since most registers of cells are cut in the same way.
template <typename Scalar>
class ServedTimes {
 public:
  /// `terms` is the most that a chain has.
  ServedTimes(PathQuantity quantity, Index terms) : quantity_(quantity), terms_(terms) {}

  /// Starts with a list of times; what is known of another one is forgotten.
  void start(const std::vector<Scalar>& times) {
    if (times == times_) return;
    times_ = times;
    for (Side& side : sides_) side.segments = 0;
  }

  /// The segment of this side, with the coefficients of terms 0 to `degree`. Positions are also served at its
  /// end if another one follows.
  ServedSegment<Scalar> at(const FlowSide<Scalar>& side, Index segment, Index degree) {
    Side& known = sides_[side.step < 0 ? 1 : 0];
    if (known.segments != side.segments || known.step != side.step) cut(side, known);
    const auto place = static_cast<std::size_t>(segment);
    const Index begin = known.begins[place], count = known.begins[place + 1] - begin;
    Scalar* coefficients = known.coefficients.data() + begin * terms_;
    for (Index& k = known.weighed[place]; k <= degree; ++k)
      weigh(k, known.offsets.data() + begin, count, coefficients + k * count);
    return {known.places.data() + begin, coefficients, count};
  }

 private:
  struct Side {
    Scalar step = 0;
    Index segments = 0;                  // 0 if nothing is known
    std::vector<Index> segment_of;       // each time
    std::vector<Index> begins, weighed;  // of each segment: its first time, and how many terms are weighed
    std::vector<Index> places;           // of all segments, one after the other
    std::vector<Scalar> offsets;         // times, from the beginning of their segment
    Vector<Scalar> coefficients;
  };

  void cut(const FlowSide<Scalar>& side, Side& known) const {
    known.step = side.step;
    known.segments = side.segments;
    const auto segments = static_cast<std::size_t>(std::max(side.segments, kUsualSegments));
    known.begins.reserve(segments + 1);
    known.weighed.reserve(segments);
    known.places.reserve(times_.size() + segments);
    known.offsets.reserve(times_.size() + segments);
    const Index room = terms_ * static_cast<Index>(times_.size() + segments);
    if (known.coefficients.size() < room) known.coefficients.resize(room);

    known.weighed.assign(static_cast<std::size_t>(side.segments), 0);
    known.begins.assign(1, 0);
    known.places.clear();
    known.offsets.clear();
    known.segment_of.resize(times_.size());
    for (std::size_t t = 0; t < times_.size(); ++t) known.segment_of[t] = side.segment_of(times_[t]);
    for (Index segment = 0; segment < side.segments; ++segment) {
      for (std::size_t t = 0; t < times_.size(); ++t) {
        if (known.segment_of[t] != segment) continue;
        known.places.push_back(static_cast<Index>(t));
        known.offsets.push_back(times_[t] - static_cast<Scalar>(segment) * side.step);
      }
      if (quantity_ == PathQuantity::position && segment + 1 < side.segments) {
        known.places.push_back(-1);
        known.offsets.push_back(side.step);
      }
      known.begins.push_back(std::ssize(known.places));
    }
  }

  /// Of term[k] at each offset tau: tau^k in a position, k tau^(k - 1) in a velocity. The rows of the terms
  /// before it lie before `row`.
  void weigh(Index k, const Scalar* offsets, Index count, Scalar* row) const {
    const Index first = quantity_ == PathQuantity::position ? 0 : 1;  // that is not 0
    if (k <= first) return static_cast<void>(std::fill_n(row, count, k < first ? Scalar(0) : Scalar(1)));
    const Scalar factor = first == 0 ? Scalar(1) : static_cast<Scalar>(k) / static_cast<Scalar>(k - first);
    for (Index t = 0; t < count; ++t) row[t] = (row - count)[t] * (offsets[t] * factor);
  }

  PathQuantity quantity_;
  Index terms_;
  std::vector<Scalar> times_;
  std::array<Side, 2> sides_;  // forward and back
};

}  // namespace cellmnn
