/// Quantities at a held-out time, such as the shares of types of cells, with intervals in which they should
/// be.
#pragma once

#include <optional>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// The part of measured values that should be within their intervals.
inline constexpr double kCoverage = 0.8;

struct Forecast {
  Matrix<double> predicted;  ///< (seeds, J)
  Vector<double> measured;   ///< (J)
  double gap = 1;            ///< what is unknown grows with it: gap_around()

  bool is_known() const { return predicted.size() > 0 && measured.size() > 0; }
};

/// The variance of a Brownian bridge at a time between two known ones, (time - before) (after - time) /
/// (after - before); without a time after, that of free motion, time - before.
double gap_around(double before, double time, std::optional<double> after);

/// (J) half of the widths of intervals around the means over seeds: t sigma s_j. There s_j^2 = gap * (v_j +
/// 0.01 mean(v) + variance over seeds), v_j being the variance of the quantity over the training snapshots,
/// `known` (snapshots, J); sigma^2 is the mean of (error / s)^2 over all quantities of the inner hold-outs of
/// these snapshots; and t is the quantile of Student's distribution, of which the inner hold-outs are the
/// degrees of freedom. Nothing with fewer than two inner hold-outs or training snapshots.
std::optional<Vector<double>> half_widths(const Matrix<double>& known, const Forecast& forecast,
                                          const std::vector<Forecast>& inner);

/// A forecast with its intervals.
struct ForecastValues {
  Vector<double> predicted, measured;  ///< (J) predicted as the mean over seeds
  Vector<double> low, high;            ///< (J), or empty: cannot tell
};

ForecastValues with_intervals(const Forecast& forecast, const Matrix<double>& known,
                              const std::vector<Forecast>& inner);

}  // namespace cellmnn
