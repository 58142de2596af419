/// Two networks for one time course: one learns the course, the other its mirror image in time. Between two
/// known snapshots the population comes from both sides: forward from the snapshot before, and by the
/// reversed network from the snapshot after.
#pragma once

#include <cstdint>
#include <vector>

#include "cellmnn/model.hpp"
#include "cellmnn/parallel.hpp"
#include "cellmnn/time_course.hpp"

namespace cellmnn {

/// How a population between two snapshots is made of the answers of both sides; all 0 is displacement
/// interpolation of the two predictions and nothing else.
struct BetweenOptions {
  /// Share of the mass that is displacement interpolation of the two snapshots themselves: another answer,
  /// with errors of its own.
  double pool = 0.25;

  /// Cells of a snapshot are not all equally far. Half-way each point is moved by up to this part of its way
  /// to the cell it comes from or the cell it goes to; the closer a snapshot, the less. Each way then has
  /// several points, four on average, but not many more than 20,000 in all.
  double spread = 0.6;

  /// Part of the way by which the mean of the population is moved to the monotone cubic through the means of
  /// all known snapshots; only where four or more are known.
  double bend = 0.5;

  /// Part of what each side's prediction lacks at the snapshot of the other side that is added to it, in
  /// proportion to the way that it has gone: 1 makes it end on the measured cells.
  double bridge = 1;
};

/// Refuses (usage) options out of range.
void validate(const BetweenOptions& options);

/// Usual steps of each of the two networks: more bring populations between snapshots no nearer.
inline constexpr Index kTwoSidedSteps = 8'000;

/// Whether the networks of both sides should have mass: every snapshot has 50 cells or more. Weights that are
/// learnt from fewer harm.
bool has_cells_for_mass(const TimeCourse& data);

/// Points with weights that stand for all cells at a time.
struct Population {
  Matrix<float> points;        ///< (n, D) in the user's coordinates
  Vector<double> weights;      ///< (n), of sum 1
  Index before = 0;            ///< which snapshot of the data the points come from
  std::vector<Index> sources;  ///< (n) rows of that snapshot
  Index after = 0;             ///< which one they go to
  std::vector<Index> targets;  ///< (n) rows of that snapshot, or empty where the forward network spoke alone
};

/// As many points of equal weight, drawn from the population by weight, from stream `stream` of the seed.
Population resampled(const Population& population, Index count, std::uint64_t seed, std::uint64_t stream);

/// All cells at a time by one network: the cells of time `from`, moved. Throws bad_input if there are none.
Population population_ahead(const CellMnn& model, const TimeCourse& data, double from, double time,
                            Executor& executor);

/// From where a network alone predicts the population at a time: the last training time before it, or the
/// first one.
double time_before(const CellMnn& model, double time);

struct TwoSidedModel {
  CellMnn forward;
  CellMnn reversed;  ///< its times are those of the mirrored course

  /// All cells at a time. At a training time, and outside of these, they are the cells of the last training
  /// snapshot before it, or of the first one, moved by the forward network alone. Only snapshots of `data` at
  /// training times are used; throws bad_input if one next to `time` is missing.
  Population population(const TimeCourse& data, double time, const BetweenOptions& options,
                        std::uint64_t seed, Executor& executor) const;
};

/// The model of the mirrored course that shares all but the parameters with `forward`, and knows no sizes of
/// populations.
CellMnn reversed_model(const CellMnn& forward, Vector<float> parameters);

}  // namespace cellmnn
