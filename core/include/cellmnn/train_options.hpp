/// How a model is trained.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "cellmnn/model_options.hpp"
#include "cellmnn/types.hpp"

namespace cellmnn {

enum class Schedule {
  constant,
  cosine,  ///< from the learning rate down to 0 over all steps
};

std::string_view name(Schedule schedule);

/// The schedule of this name ("constant", "cosine").
std::optional<Schedule> schedule(std::string_view name);

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
  double kinetic_step = 0.1;   ///< of the grid, in model time
  double backward = 0;         ///< weight of the prediction of the snapshot before
  double agreement = 0.1;      ///< weight of the MMD between predictions of neighbours at a time between them
  double mass_penalty = 0.01;  ///< weight of the mean squared growth, for a model with mass
  double growth_prior_weight = 1;  ///< in its place, of its distance to a prior, for data that have one
  TimeUnit time_unit = TimeUnit::gap;
  bool set_embedding = true;     ///< matters for several time courses only
  bool shared_operator = false;  ///< one A and b for all cells and times: the baseline `linear`
  std::uint64_t seed = 42;
};

/// The settings of the paper: 10,000 steps, batch 200, lr 2e-4 constant, sigma 1, gamma 0.1, raw time, no
/// agreement, no offset b.
TrainOptions paper_preset();

/// The options of the network that learns the mirrored course: the same but for the seed, whose bits are
/// those of the given one changed where 0x9E3779B97F4A7C15 has a 1.
TrainOptions reversed_options(TrainOptions options);

/// Refuses (usage) options out of range, naming the option as the command line does.
void validate(const TrainOptions& options);

}  // namespace cellmnn
