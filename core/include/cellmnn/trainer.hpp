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
#include "training/adamw.hpp"
#include "training/objective.hpp"

namespace cellmnn {

/// Which times the model's clock counts in.
enum class TimeUnit {
  gap,  ///< the mean gap between training times
  raw,  ///< the user's unit, as in the paper
};

enum class KineticTimes {
  data,   ///< the training times
  grid,   ///< a grid over the whole range of training times
  ahead,  ///< the grid, from the cells' own time on
  next,   ///< the grid, from the cells' own time to the next training time
};

struct TrainOptions {
  ModelConfig model;
  Index steps = 20000;  ///< for each time course
  Index batch = 384;    ///< cells of a step, split evenly over all training snapshots but the last
  double learning_rate = 5e-4;
  Schedule schedule = Schedule::cosine;
  Index warmup = 0;            ///< steps of linear warm-up
  double weight_decay = 1e-5;  ///< decoupled (AdamW)
  double average = 0;          ///< decay of the running average of weights (EMA); 0 is off
  double gamma = 0;            ///< weight of a target `rank` snapshots ahead: gamma^(rank - 1)
  double sigma = 0.5;          ///< bandwidth of the Laplace kernel
  double lambda_kinetic = 0.1;
  KineticTimes kinetic_times = KineticTimes::grid;
  double kinetic_step = 0.1;  ///< of the grid, in model time
  double backward = 0;        ///< weight of the prediction of the snapshot before
  double agreement = 0.1;     ///< weight of the MMD between predictions of neighbours at a time between them
  TimeUnit time_unit = TimeUnit::gap;
  bool set_embedding = true;     ///< matters for several time courses only
  bool shared_operator = false;  ///< one operator for all cells and times: see linear_model.hpp
  std::uint64_t seed = 42;
};

/// The settings of the paper: 10,000 steps, batch 200, lr 2e-4 constant, sigma 1, gamma 0.1, raw time, no
/// agreement, no offset b.
TrainOptions paper_preset();

/// Refuses (usage) options out of range, naming the option as the command line does.
void validate(const TrainOptions& options);

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
  /// The trainer copies what it needs of `data`; `executor` must outlive it.
  Trainer(const TimeCourse& data, const TrainOptions& options, Executor& executor);

  /// Joint training. All have the dimensions of the options.
  Trainer(const std::vector<TimeCourse>& data, const TrainOptions& options, Executor& executor);
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
