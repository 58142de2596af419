/// A time course small enough for unit tests: a cloud that turns and grows.
#pragma once

#include <cmath>

#include "cellmnn/rng.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn::testing {

inline TimeCourse turning_cloud(const std::vector<double>& times, Index cells = 80, Index dims = 3) {
  TimeCourse data;
  Rng rng(5);
  for (const double time : times) {
    Snapshot snapshot{time, std::to_string(time), Matrix<float>(cells, dims), {}};
    for (Index i = 0; i < cells; ++i) {
      for (Index d = 0; d < dims; ++d) snapshot.cells(i, d) = static_cast<float>(0.3 * rng.normal() + 10);
      snapshot.cells(i, 0) += static_cast<float>(4 * std::cos(0.4 * time));
      if (dims > 1) snapshot.cells(i, 1) += static_cast<float>(4 * std::sin(0.4 * time));
    }
    data.snapshots.push_back(std::move(snapshot));
  }
  return data;
}

}  // namespace cellmnn::testing
