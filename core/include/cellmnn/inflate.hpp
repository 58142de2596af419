/// Larger data like given ones, for tests of scale: the inflation of the Cell-MNN paper.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/time_course.hpp"

namespace cellmnn {

/// Standard deviation of the noise, in the unit of the coordinates (the paper: raw principal components).
inline constexpr double kInflationNoise = 0.1;

/// `cells` cells in all, shared out to the snapshots in proportion to theirs. Throws usage for fewer than
/// the data have.
std::vector<Index> inflated_counts(const TimeCourse& data, Index cells);

/// The new cells [begin, begin + count) of snapshot number `snapshot`: (count, D). Each is a cell of that
/// snapshot, drawn with replacement, plus normal noise. A cell depends on the seed and its place only,
/// so that the data may be made in pieces of any size.
Matrix<float> inflated_cells(const TimeCourse& data, Index snapshot, Index begin, Index count,
                             std::uint64_t seed);

}  // namespace cellmnn
