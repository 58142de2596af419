/// Conditional flow matching, the baseline most models of single-cell dynamics are compared with.
///
/// Tong et al., "Improving and generalizing flow-based generative models with minibatch optimal
/// transport", TMLR 2024, and the settings of its single-cell experiments. A velocity network v(x, t) is
/// fitted by least squares to straight paths between cells of consecutive training snapshots:
///
///   x = (1 - s) x_0 + s x_1 + sigma noise, t = (1 - s) t_0 + s t_1, target (x_1 - x_0) / (t_1 - t_0)
///
/// with s uniform in (0, 1), all in whitened coordinates and in model time: the unit is the mean gap between
/// training times.
#pragma once

#include <memory>

#include "cellmnn/flow_matching_options.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/time_course.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

class FlowMatching {
 public:
  /// Copies what it needs of `data`; `executor` must outlive it. With Coupling::full_plan this computes the
  /// plans.
  FlowMatching(const TimeCourse& data, const FlowMatchingOptions& options, Executor& executor);
  ~FlowMatching();
  FlowMatching(FlowMatching&&) noexcept;
  FlowMatching& operator=(FlowMatching&&) noexcept;

  /// Does one step and returns the mean squared error of its batch before it. Throws numerical if that is
  /// not finite.
  double step();

  Index steps() const;
  Index steps_done() const;
  bool done() const;  ///< all steps of the options are done

  /// Where cells (N, D) measured at `from_time` are at `to_time`, past or future: (N, D). Coordinates and
  /// times are the user's own. The classical Runge-Kutta method with 100 steps a unit of model time. Throws
  /// bad_input on another D, numerical if a value is not finite.
  Matrix<float> predict(const MatrixView<float>& cells, double from_time, double to_time) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cellmnn
