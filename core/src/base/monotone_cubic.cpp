#include "base/monotone_cubic.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cellmnn {
namespace {

/// An interval between two nodes.
struct Piece {
  double width, slope;
};

Piece piece(const std::vector<double>& nodes, const std::vector<double>& values, std::size_t k) {
  const double width = nodes[k + 1] - nodes[k];
  return {width, (values[k + 1] - values[k]) / width};
}

/// The weighted harmonic mean of the slopes on both sides; 0 at a turning point.
double inner_slope(const Piece& left, const Piece& right) {
  if (left.slope * right.slope <= 0) return 0;
  const double w1 = 2 * right.width + left.width, w2 = right.width + 2 * left.width;
  return (w1 + w2) / (w1 / left.slope + w2 / right.slope);
}

/// At the end of `first`, with `second` further inside: that of the parabola, but no steeper than the cubic
/// may be.
double end_slope(const Piece& first, const Piece& second) {
  const double slope = ((2 * first.width + second.width) * first.slope - first.width * second.slope) /
                       (first.width + second.width);
  if (slope * first.slope <= 0) return 0;
  if (first.slope * second.slope <= 0 && std::abs(slope) > 3 * std::abs(first.slope)) return 3 * first.slope;
  return slope;
}

double slope_at(const std::vector<double>& nodes, const std::vector<double>& values, std::size_t k) {
  const std::size_t last = nodes.size() - 1;
  const auto at = [&](std::size_t i) { return piece(nodes, values, i); };
  if (last == 1) return at(0).slope;
  if (k == 0) return end_slope(at(0), at(1));
  if (k == last) return end_slope(at(last - 1), at(last - 2));
  return inner_slope(at(k - 1), at(k));
}

}  // namespace

double monotone_cubic(const std::vector<double>& nodes, const std::vector<double>& values, double x) {
  const auto above = std::upper_bound(nodes.begin() + 1, nodes.end() - 1, x);
  const auto k = static_cast<std::size_t>(above - nodes.begin()) - 1;
  const double width = nodes[k + 1] - nodes[k], s = (x - nodes[k]) / width;
  const double rest = 1 - s;
  return values[k] * (1 + 2 * s) * rest * rest + values[k + 1] * (3 - 2 * s) * s * s +
         width * s * rest * (slope_at(nodes, values, k) * rest - slope_at(nodes, values, k + 1) * s);
}

}  // namespace cellmnn
