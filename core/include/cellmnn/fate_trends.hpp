/// Expression over time along the way to a fate.
#pragma once

#include <vector>

#include "cellmnn/fates.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// Values of G genes at T times.
struct Trend {
  Matrix<double> mean;   ///< (T, G)
  Matrix<double> error;  ///< (T, G) its standard error
};

/// Of one snapshot: the mean over its cells, weighted by `reached` (N, F) of each fate, and so over the
/// ancestors of the cells of that fate. One row a fate. A fate that no cell reaches has NaN. `expression` is
/// (N, G).
Trend fate_means(const MatrixView<float>& expression, const Matrix<double>& reached);

/// Rows at each of `times` between those of a trend at `measured` times (two or more, ascending), by monotone
/// cubics: values go neither above nor below those of the two snapshots around them.
Matrix<double> between_times(const std::vector<double>& measured, const Matrix<double>& values,
                             const std::vector<double>& times);

/// Expression along the way to each fate.
struct CourseTrends {
  std::vector<double> times;    ///< (T) of the snapshots, and between them
  std::vector<Trend> of_fates;  ///< (F), each (T, G)
  Matrix<double> all;           ///< (S, G) of all cells of each snapshot
};

/// fate_means() of `genes` (G) of the expression at each snapshot, and between_times() at `steps` - 1 times
/// between each two.
CourseTrends course_trends(const TimeCourse& data, const Fates& fates, const std::vector<Index>& genes,
                           int steps);

}  // namespace cellmnn
