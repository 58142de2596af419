#include "model/ways.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "cellmnn/displacement.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kSpreadStream = 3;  // of the seed; plans have two of their own
constexpr double kGoldenRatio = 0.6180339887498949;
constexpr double kPointsOfWay = 4;
constexpr double kMostPoints = 20'000;

void scale_masses(Ways& ways, double factor) {
  for (TransportEntry& entry : ways.plan) entry.mass *= factor;
}

/// How many points stand for each way. The masses are of sum 1.
std::vector<Index> points_of_ways(const std::vector<TransportEntry>& plan) {
  const double all = std::min(kPointsOfWay * static_cast<double>(plan.size()), kMostPoints);
  std::vector<Index> counts;
  counts.reserve(plan.size());
  for (const TransportEntry& entry : plan)
    counts.push_back(std::max<Index>(1, std::lround(entry.mass * all)));
  return counts;
}

}  // namespace

Ways ways_between(const PointCloud& begin, const PointCloud& end, double fraction, std::uint64_t seed) {
  Ways ways;
  ways.plan = displacement_plan(begin, end, TransportCost::squared_euclidean, seed);
  ways.points = displaced(begin.points, end.points, ways.plan, fraction).points;
  return ways;
}

Ways pooled(Ways first, Ways second, double share) {
  if (share == 0) return first;
  if (share == 1) return second;
  scale_masses(first, 1 - share);
  scale_masses(second, share);
  Ways both;
  both.plan = std::move(first.plan);
  both.plan.insert(both.plan.end(), second.plan.begin(), second.plan.end());
  both.points.resize(first.points.rows() + second.points.rows(), first.points.cols());
  both.points << first.points, second.points;
  return both;
}

Ways spread_along(Ways ways, const Matrix<double>& begin, const Matrix<double>& end, double most,
                  std::uint64_t seed) {
  if (most == 0) return ways;
  const std::vector<Index> counts = points_of_ways(ways.plan);
  Ways spread;
  spread.points.resize(std::accumulate(counts.begin(), counts.end(), Index{0}), ways.points.cols());
  // The golden ratio's multiples fill the part of the range that is the first point's.
  double position = Rng(seed, kSpreadStream).uniform();
  Index next = 0;
  for (std::size_t w = 0; w < counts.size(); ++w) {
    const auto count = static_cast<double>(counts[w]);
    const TransportEntry point{ways.plan[w].source, ways.plan[w].target, ways.plan[w].mass / count};
    const auto middle = ways.points.row(static_cast<Index>(w));
    position = std::fmod(position + kGoldenRatio, 1.0);
    for (Index k = 0; k < counts[w]; ++k) {
      const double part = most * (2 * (static_cast<double>(k) + position) / count - 1);
      const auto to = part < 0 ? begin.row(point.source) : end.row(point.target);
      spread.points.row(next++) = middle + std::abs(part) * (to - middle);
      spread.plan.push_back(point);
    }
  }
  return spread;
}

}  // namespace cellmnn
