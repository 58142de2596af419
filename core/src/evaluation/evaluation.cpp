#include "cellmnn/evaluation.hpp"

#include <string>

#include "base/text.hpp"
#include "cellmnn/error.hpp"

namespace cellmnn {

const Snapshot* PredictionTask::next() const {
  const auto index = static_cast<std::size_t>(source) + 1;
  return index < training.snapshots.size() ? &training.snapshots[index] : nullptr;
}

Matrix<double> PredictionTask::metric(const MatrixView<float>& cells) const {
  return metric_space.whiten_in_double(cells);
}

PredictionTask prediction_task(const TimeCourse& data, Index held_out, Index ahead) {
  const auto snapshots = static_cast<Index>(data.snapshots.size());
  if (held_out < 0 || held_out >= snapshots || ahead < 1) {
    throw Error(ErrorCode::bad_input, "cannot hold out snapshot " + std::to_string(held_out) + " of " +
                                          std::to_string(snapshots) + " and predict " +
                                          std::to_string(ahead) + " ahead");
  }
  const std::string time = text(data.snapshots[static_cast<std::size_t>(held_out)].time);
  if (held_out < ahead) {
    throw Error(ErrorCode::bad_input, "cannot predict time " + time + ": there is no snapshot " +
                                          std::to_string(ahead) + " before it to start from");
  }
  if (snapshots - ahead < 2) {
    throw Error(ErrorCode::bad_input,
                "holding out time " + time + " leaves " + std::to_string(snapshots - ahead) + " of " +
                    std::to_string(snapshots) + " snapshots: training needs at least two");
  }
  PredictionTask task;
  task.training.gene_space = data.gene_space;
  task.training.type_names = data.type_names;
  for (Index k = 0; k < snapshots; ++k) {
    const Snapshot& snapshot = data.snapshots[static_cast<std::size_t>(k)];
    if (k <= held_out - ahead || k > held_out) task.training.snapshots.push_back(snapshot);
    if (k == held_out) task.held_out = snapshot;
  }
  task.source = held_out - ahead;
  task.metric_space = whitening_of(data);
  return task;
}

PointCloud predicted_cloud(const CellMnn& model, const PredictionTask& task, Executor& executor) {
  const Snapshot& from = task.previous();
  const Vector<double> t = Vector<double>::Constant(from.cells.rows(), from.time);
  const Paths there = model.paths(from.cells, t, {task.held_out.time}, executor);
  return {task.metric(there.positions.slice(0)), there.weights_at(0)};
}

std::optional<PointCloud> predicted_cloud(const TwoSidedModel& model, const TimeCourse& data,
                                          const PredictionTask& task, const BetweenOptions& options,
                                          std::uint64_t seed, Executor& executor) {
  const Population population = model.population(data, task.held_out.time, options, seed, executor);
  if (population.targets.empty()) return std::nullopt;
  return PointCloud{task.metric(population.points), population.weights};
}

PredictionTask scoring_task(const TimeCourse& data, Index target) {
  if (target < 1 || target >= static_cast<Index>(data.snapshots.size())) {
    throw Error(ErrorCode::bad_input, "a snapshot is predicted from the one before it; the first has none");
  }
  PredictionTask task;
  task.training.snapshots = {data.snapshots[static_cast<std::size_t>(target - 1)]};
  task.held_out = data.snapshots[static_cast<std::size_t>(target)];
  task.metric_space = whitening_of(data);
  return task;
}

Score score_model(const TimeCourse& data, Index target, const CellMnn& model, Executor& executor) {
  const PredictionTask task = scoring_task(data, target);
  Score score{"cellmnn", "given model", task.held_out.time, 0, {}, 0};
  score.metrics =
      measure(predicted_cloud(model, task, executor), task.metric(task.held_out.cells), score.seed, executor);
  return score;
}

std::optional<Score> score_two_sided(const TimeCourse& data, Index target, const TwoSidedModel& model,
                                     const BetweenOptions& options, Executor& executor) {
  const PredictionTask task = scoring_task(data, target);
  Score score{"cellmnn-two-sided", "given model", task.held_out.time, 0, {}, 0};
  const std::optional<PointCloud> predicted =
      predicted_cloud(model, data, task, options, score.seed, executor);
  if (!predicted) return std::nullopt;
  score.metrics = measure(*predicted, task.metric(task.held_out.cells), score.seed, executor);
  return score;
}

}  // namespace cellmnn
