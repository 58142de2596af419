/// What the prediction of one side lacks at the snapshot of the other one.
#pragma once

#include <cstdint>

#include "cellmnn/point_cloud.hpp"

namespace cellmnn {

/// For each of the cells `arrived` (n, D), which a network has moved to the time of the `measured` (m, D)
/// ones, the way (n, D) from there to where its mass belongs among them: to the barycentre of its row of the
/// W2 plan. Cells that the plan leaves out, of weight 0 or not drawn from a large cloud, have the way of the
/// nearest cell that it has.
Matrix<double> shortfall(const PointCloud& arrived, const Matrix<double>& measured, std::uint64_t seed);

}  // namespace cellmnn
