/// The optimiser and its schedules.
#pragma once

#include "cellmnn/parallel.hpp"
#include "cellmnn/train_options.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

/// The factor on the learning rate at `step` (from 0) of `steps`: linear from 1 / (warmup + 1) over
/// the first `warmup` steps, then the schedule over the others.
double schedule_factor(Schedule schedule, Index step, Index steps, Index warmup);

/// AdamW (Loshchilov and Hutter 2019), beta 0.9 / 0.999, eps 1e-8, weight decay decoupled.
template <typename Scalar>
struct AdamW {
  Vector<Scalar> first_moment;   ///< (P)
  Vector<Scalar> second_moment;  ///< (P)

  explicit AdamW(Index parameters = 0);

  /// One update, written to `updated`, which may be `parameters`. `step` counts from 1.
  void update(const Vector<Scalar>& parameters, const Vector<Scalar>& gradient, Index step,
              double learning_rate, double weight_decay, Executor& executor, Vector<Scalar>& updated);
};

}  // namespace cellmnn
