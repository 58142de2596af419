/// Points on straight ways between two populations, which stand for the cells on their way.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/point_cloud.hpp"
#include "cellmnn/wasserstein.hpp"

namespace cellmnn {

struct Ways {
  std::vector<TransportEntry> plan;  ///< the cells of both snapshots, and the mass of each point
  Matrix<double> points;             ///< (n, D), one for each entry
};

/// Displacement interpolation between clouds whose rows are cells of the two snapshots.
Ways ways_between(const PointCloud& begin, const PointCloud& end, double fraction, std::uint64_t seed);

/// All ways of both; those of the second have this share of the mass.
Ways pooled(Ways first, Ways second, double share);

/// Several points for each way, the more the larger its mass: four on average, but not many more than 20,000
/// in all. They go back towards the cell in `begin` or on towards that in `end` by parts of the way that fill
/// the range from
/// -`most` to `most` evenly, those of one way and those of all ways. If `most` is 0, the ways are returned as
/// they are.
Ways spread_along(Ways ways, const Matrix<double>& begin, const Matrix<double>& end, double most,
                  std::uint64_t seed);

}  // namespace cellmnn
