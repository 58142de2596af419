#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "baselines/flow_matching.hpp"
#include "baselines/linear_model.hpp"
#include "cellmnn/error.hpp"
#include "evaluation/method_predictions.hpp"

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

/// The best model on the held-out cells: the selection of the released code.
class PaperSelection {
 public:
  explicit PaperSelection(const PredictionTask& task)
      : task_(task),
        transport_(
            at_most({task.metric(task.held_out.cells), {}}, kSelectionSubset, kSelectionSeed, 0).points,
            TransportCost::euclidean) {}

  /// Returns false when the patience is over.
  bool check(const CellMnn& model, Executor& executor) {
    const PointCloud predicted =
        at_most(predicted_cloud(model, task_, executor), kSelectionSubset, kSelectionSeed, 1);
    const double w1 = transport_.solve(predicted.points).value;
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
  const PredictionTask& task_;
  TransportSolver transport_;
  double best_w1_ = std::numeric_limits<double>::infinity();
  CellMnn best_;
  Index checks_since_best_ = 0;
};

}  // namespace

Prediction predict_linear(const MethodInput& input) {
  TrainOptions training = linear_model(input.options.training);
  training.seed = input.seed;
  Trainer trainer(input.task.training, training, input.executor);
  run(trainer, input.progress);
  return against_all(predicted_cloud(trainer.model(), input.task, input.executor), input.task);
}

/// Protocol::paper checks the held-out W1 every 10 epochs with a patience of 10 checks, an epoch being
/// (training cells / batch) steps.
Prediction predict_cellmnn(const MethodInput& input) {
  TrainOptions training = input.options.training;
  training.seed = input.seed;
  std::vector<TimeCourse> data = {input.task.training};
  data.insert(data.end(), input.options.others.begin(), input.options.others.end());
  Trainer trainer(data, training, input.executor);
  if (input.options.protocol == Protocol::honest) {
    run(trainer, input.progress);
    return against_all(predicted_cloud(trainer.model(), input.task, input.executor), input.task);
  }
  PaperSelection selection(input.task);
  const Index epoch = std::max<Index>(1, input.task.training.cells() / training.batch);
  run(trainer, input.progress, [&] {
    const bool check = trainer.done() || trainer.steps_done() % (epoch * kEpochsBetweenChecks) == 0;
    return check && !selection.check(trainer.model(), input.executor);
  });
  return against_all(predicted_cloud(selection.best(), input.task, input.executor), input.task);
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
