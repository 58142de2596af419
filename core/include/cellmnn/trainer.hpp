/// Trains a Cell-MNN on one or several time courses: sampling, steps, and state that can be saved and
/// resumed.
///
/// Several time courses are trained jointly: one encoder serves all, their batches alternate, and each keeps
/// its own whitening and time scale. With an embedding the encoder is told which one a cell is of: an index
/// that is one-hot encoded and fed to the first layer adds a learned vector (W) to its bias, one for each
/// time course. Each model() is complete without the others, since that vector is part of its bias.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "cellmnn/model.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/time_course.hpp"
#include "cellmnn/train_options.hpp"

namespace cellmnn {

/// What the loss of a batch is made of.
struct LossParts {
  double loss = 0;  ///< mmd + lambda_kinetic * kinetic + det + mass_penalty (or growth_prior_weight) * mass
  double mmd = 0;   ///< between predictions and targets, summed over snapshots
  double kinetic = 0;  ///< mean squared velocity
  double det = 0;      ///< mean of 1 / (|det P| + 1e-4), for the eigen operator
  double mass = 0;     ///< mean squared growth, or distance to its prior, for a model with mass
};

/// Numbers that are trained: those of the encoder, and with an embedding W for each of several time courses.
Index parameter_count(const TrainOptions& options, Index sets);

/// Everything that continues a run bit for bit.
struct TrainerState {
  Index step = 0;  ///< steps done
  Vector<float> parameters;
  Vector<float> first_moment;  ///< of AdamW
  Vector<float> second_moment;
  Vector<float> average;  ///< EMA, or empty
};

class Trainer {
 public:
  /// The trainer keeps what it needs of `data`: move them to spare a copy. `executor` must outlive it.
  Trainer(TimeCourse data, const TrainOptions& options, Executor& executor);

  /// Joint training. All have the dimensions of the options.
  Trainer(std::vector<TimeCourse> data, const TrainOptions& options, Executor& executor);
  ~Trainer();
  Trainer(Trainer&&) noexcept;
  Trainer& operator=(Trainer&&) noexcept;

  /// Does one step of the schedule. Throws numerical if the loss or the gradient is not finite; the
  /// parameters are then the last ones with a finite loss.
  void step();

  /// As step(), and computes every part of the loss of this step's batch (at the parameters before
  /// the step), the target-target term included, which does not change the gradient.
  LossParts reported_step();

  Index sets() const;        ///< time courses
  Index steps() const;       ///< of all time courses
  Index steps_done() const;  ///< of all time courses
  bool done() const;
  const TrainOptions& options() const;

  /// The model of time course `set`, with the averaged weights if there is an average.
  CellMnn model(Index set = 0) const;
  TrainerState state() const;
  void restore(const TrainerState& state);  ///< throws bad_input if it does not fit the options

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cellmnn
