#include <algorithm>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "baselines/flow_matching.hpp"
#include "baselines/linear_model.hpp"
#include "cellmnn/error.hpp"
#include "evaluation/method_predictions.hpp"
#include "model/mass.hpp"

namespace cellmnn {
namespace {

constexpr Index kEpochsBetweenChecks = 10;   // Protocol::paper
constexpr Index kPatience = 10;              // checks without a better one
constexpr Index kSelectionSubset = 5'000;    // cells of a larger snapshot that Protocol::paper looks at
constexpr std::uint64_t kSelectionSeed = 0;  // the same cells for every training

void report(const TrainingProgress& progress, Index done, Index total) {
  if (!progress || progress(done, total)) return;
  throw Error(ErrorCode::interrupted, "stopped at step " + std::to_string(done));
}

/// Does all steps of a Trainer or FlowMatching, or those until `stop` returns true after one.
template <typename Training, typename Stop>
void run(Training& training, const TrainingProgress& progress, const Stop& stop) {
  while (!training.done()) {
    training.step();
    report(progress, training.steps_done(), training.steps());
    if (stop()) return;
  }
}

template <typename Training>
void run(Training& training, const TrainingProgress& progress) {
  run(training, progress, [] { return false; });
}

/// How a model's prediction of the held-out cells is made, in the metric space.
using Predictor = std::function<PointCloud(const CellMnn&)>;

/// The best model on the held-out cells: the selection of the released code.
class PaperSelection {
 public:
  PaperSelection(const PredictionTask& task, Predictor predict)
      : predict_(std::move(predict)),
        transport_(
            at_most({task.metric(task.held_out.cells), {}}, kSelectionSubset, kSelectionSeed, 0).points,
            TransportCost::euclidean) {}

  /// Returns false when the patience is over.
  bool check(const CellMnn& model) {
    const PointCloud predicted = at_most(predict_(model), kSelectionSubset, kSelectionSeed, 1);
    const double w1 = transport_.solve(predicted.points, predicted.weights).value;
    if (w1 < best_w1_) {
      best_w1_ = w1;
      best_ = model;
      checks_since_best_ = 0;
      return true;
    }
    return ++checks_since_best_ < kPatience;
  }

  const CellMnn& best() const { return best_; }

 private:
  Predictor predict_;
  TransportSolver transport_;
  double best_w1_ = std::numeric_limits<double>::infinity();
  CellMnn best_;
  Index checks_since_best_ = 0;
};

/// A model of the first course, trained jointly with the others. Protocol::paper checks the held-out W1 every
/// 10 epochs with a patience of 10 checks, an epoch being (training cells / batch) steps.
CellMnn trained_model(const std::vector<TimeCourse>& data, const TrainOptions& training,
                      const MethodInput& input, const TrainingProgress& progress, const Predictor& predict) {
  Trainer trainer(data, training, input.executor);
  if (input.options.protocol == Protocol::honest) {
    run(trainer, progress);
    return trainer.model();
  }
  PaperSelection selection(input.task, predict);
  const Index epoch = std::max<Index>(1, data.front().cells() / training.batch);
  run(trainer, progress, [&] {
    const bool check = trainer.done() || trainer.steps_done() % (epoch * kEpochsBetweenChecks) == 0;
    return check && !selection.check(trainer.model());
  });
  return selection.best();
}

std::vector<TimeCourse> training_courses(const MethodInput& input) {
  std::vector<TimeCourse> data = {input.task.training};
  data.insert(data.end(), input.options.others.begin(), input.options.others.end());
  return data;
}

TrainOptions with_seed(TrainOptions options, std::uint64_t seed) {
  options.seed = seed;
  return options;
}

CellMnn forward_model(const TrainOptions& options, const MethodInput& input,
                      const TrainingProgress& progress) {
  return trained_model(training_courses(input), options, input, progress, [&](const CellMnn& model) {
    return predicted_cloud(model, input.task, input.executor);
  });
}

/// The held-out cells as a model of the mirrored course predicts them from the snapshot after.
PointCloud mirrored_cloud(const CellMnn& model, const MethodInput& input) {
  const PredictionTask& task = input.task;
  const std::vector<Snapshot>& snapshots = task.training.snapshots;
  const auto mirror = [&](double time) {
    return mirrored_time(time, snapshots.front().time, snapshots.back().time);
  };
  const Matrix<float>& cells = task.next()->cells;
  const Vector<double> times = Vector<double>::Constant(cells.rows(), mirror(task.next()->time));
  const Paths there = model.paths(cells, times, {mirror(task.held_out.time)}, input.executor);
  return {task.metric(there.positions.slice(0)), there.weights_at(0)};
}

CellMnn mirrored_model(const TrainOptions& options, const MethodInput& input,
                       const TrainingProgress& progress) {
  std::vector<TimeCourse> data = training_courses(input);
  for (TimeCourse& course : data) course = mirrored(course);
  return trained_model(data, reversed_options(options), input, progress,
                       [&](const CellMnn& model) { return mirrored_cloud(model, input); });
}

}  // namespace

Prediction predict_linear(const MethodInput& input) {
  Trainer trainer(input.task.training, linear_model(with_seed(input.options.training, input.seed)),
                  input.executor);
  run(trainer, input.progress);
  return against_all(predicted_cloud(trainer.model(), input.task, input.executor), input.task);
}

Prediction predict_cellmnn(const MethodInput& input) {
  const CellMnn model = forward_model(with_seed(input.options.training, input.seed), input, input.progress);
  return against_all(predicted_cloud(model, input.task, input.executor), input.task);
}

TrainOptions two_sided_options(const PredictionTask& task, const MethodOptions& options) {
  TrainOptions training = options.training;
  training.steps = options.two_sided_steps.value_or(training.steps);
  if (options.mass_by_cells && kMassIsTrained && has_cells_for_mass(task.training))
    training.model.mass = true;
  return training;
}

/// The two trainings count as one for the progress.
Prediction predict_two_sided(const MethodInput& input) {
  bool is_second = false;
  const TrainingProgress both = [&](Index done, Index total) {
    return !input.progress || input.progress(done + (is_second ? total : 0), 2 * total);
  };
  const TrainOptions options = with_seed(two_sided_options(input.task, input.options), input.seed);
  const CellMnn forward = forward_model(options, input, both);
  if (input.part != nullptr)
    (*input.part)(against_all(predicted_cloud(forward, input.task, input.executor), input.task));
  is_second = true;
  const TwoSidedModel model{forward,
                            reversed_model(forward, mirrored_model(options, input, both).parameters)};
  return against_all(predicted_cloud(model, input.task.training, input.task, input.options.between,
                                     input.seed, input.executor)
                         .value(),
                     input.task);
}

template <Coupling coupling>
Prediction predict_flow_matching(const MethodInput& input) {
  FlowMatchingOptions training = input.options.flow_matching;
  training.coupling = coupling;
  training.seed = input.seed;
  FlowMatching flow(input.task.training, training, input.executor);
  run(flow, input.progress);
  const Snapshot& from = input.task.previous();
  return against_all({input.task.metric(flow.predict(from.cells, from.time, input.task.held_out.time)), {}},
                     input.task);
}

template Prediction predict_flow_matching<Coupling::independent>(const MethodInput&);
template Prediction predict_flow_matching<Coupling::batch_plan>(const MethodInput&);
template Prediction predict_flow_matching<Coupling::full_plan>(const MethodInput&);

}  // namespace cellmnn
