/// Data in the shapes of EB.
#pragma once

#include "cellmnn/time_course.hpp"
#include "cellmnn/trainer.hpp"

namespace cellmnn {

/// About `cells` normal cells in the proportions of EB without its second snapshot, as in the PyTorch
/// reference, whose own number is 12,656.
inline constexpr Index kEbCells = 12656;
TimeCourse eb_shaped(Index cells, Index dims);

}  // namespace cellmnn
