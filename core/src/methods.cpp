#include "cellmnn/methods.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"

namespace cellmnn {
namespace {

constexpr Index kEpochsBetweenChecks = 10;   // Protocol::paper
constexpr Index kPatience = 10;              // checks without a better one
constexpr double kMostPlanPairs = 4e8;       // of an exact plan between two snapshots
constexpr Index kPlanSubset = 10'000;        // cells drawn of each larger snapshot beyond that
constexpr Index kSelectionSubset = 5'000;    // cells of a larger snapshot that Protocol::paper looks at
constexpr std::uint64_t kSelectionSeed = 0;  // the same cells for every training

// Streams of the seed.
constexpr std::uint64_t kHalves = 0;
constexpr std::uint64_t kPlanPrevious = 1, kPlanNext = 2;
constexpr std::uint64_t kPool = 3;

std::string none(const PredictionTask& /*task*/) { return ""; }

std::string without_next(const PredictionTask& task) {
  return task.next() == nullptr ? "there is no snapshot after the held-out time" : "";
}

std::string without_halves(const PredictionTask& task) {
  return task.held_out.cells.rows() < 2 ? "one held-out cell has no two halves" : "";
}

Matrix<double> at_most(Matrix<double> points, Index most, std::uint64_t seed, std::uint64_t stream) {
  return points.rows() <= most ? points : sampled({std::move(points), {}}, most, seed, stream);
}

Prediction against_all(PointCloud cloud, const PredictionTask& task) {
  return {std::move(cloud), task.metric(task.held_out.cells)};
}

Prediction previous(const PredictionTask& task, const MethodOptions& /*options*/, std::uint64_t /*seed*/,
                    Executor& /*executor*/, const TrainingProgress& /*progress*/) {
  return against_all({task.metric(task.previous().cells), {}}, task);
}

Prediction next(const PredictionTask& task, const MethodOptions& /*options*/, std::uint64_t /*seed*/,
                Executor& /*executor*/, const TrainingProgress& /*progress*/) {
  return against_all({task.metric(task.next()->cells), {}}, task);
}

/// How far the held-out time is on the way from the previous snapshot to the next one.
double fraction_of(const PredictionTask& task) {
  const double begin = task.previous().time;
  return (task.held_out.time - begin) / (task.next()->time - begin);
}

Prediction mixture(const PredictionTask& task, const MethodOptions& /*options*/, std::uint64_t /*seed*/,
                   Executor& /*executor*/, const TrainingProgress& /*progress*/) {
  const Index before = task.previous().cells.rows(), after = task.next()->cells.rows();
  const double fraction = fraction_of(task);
  PointCloud cloud{Matrix<double>(before + after, task.training.dims()), Vector<double>(before + after)};
  cloud.points << task.metric(task.previous().cells), task.metric(task.next()->cells);
  cloud.weights.head(before).setConstant((1 - fraction) / static_cast<double>(before));
  cloud.weights.tail(after).setConstant(fraction / static_cast<double>(after));
  return against_all(std::move(cloud), task);
}

template <TransportCost cost>
Prediction interpolated(const PredictionTask& task, const MethodOptions& /*options*/, std::uint64_t seed,
                        Executor& /*executor*/, const TrainingProgress& /*progress*/) {
  Matrix<double> before = task.metric(task.previous().cells), after = task.metric(task.next()->cells);
  if (static_cast<double>(before.rows()) * static_cast<double>(after.rows()) > kMostPlanPairs) {
    before = at_most(std::move(before), kPlanSubset, seed, kPlanPrevious);
    after = at_most(std::move(after), kPlanSubset, seed, kPlanNext);
  }
  const Transport transport = optimal_transport(before, after, cost);
  const double fraction = fraction_of(task);
  const auto pairs = static_cast<Index>(transport.plan.size());
  PointCloud cloud{Matrix<double>(pairs, before.cols()), Vector<double>(pairs)};
  for (Index i = 0; i < pairs; ++i) {
    const TransportEntry& entry = transport.plan[static_cast<std::size_t>(i)];
    cloud.points.row(i) = (1 - fraction) * before.row(entry.source) + fraction * after.row(entry.target);
    cloud.weights(i) = entry.mass;
  }
  return against_all(std::move(cloud), task);
}

/// Two random halves of the held-out cells; the first has the odd one.
Prediction noise_floor(const PredictionTask& task, const MethodOptions& /*options*/, std::uint64_t seed,
                       Executor& /*executor*/, const TrainingProgress& /*progress*/) {
  const Matrix<double> cells = task.metric(task.held_out.cells);
  std::vector<Index> order(static_cast<std::size_t>(cells.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  Rng rng(seed, kHalves);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(rng.below(i))]);
  }
  const Index half = (cells.rows() + 1) / 2;
  const Matrix<double> shuffled = cells(order, Eigen::all);
  return {{shuffled.topRows(half), {}}, shuffled.bottomRows(cells.rows() - half)};
}

/// The best model on the held-out cells: the selection of the released code.
class PaperSelection {
 public:
  explicit PaperSelection(const PredictionTask& task)
      : task_(task),
        transport_(at_most(task.metric(task.held_out.cells), kSelectionSubset, kSelectionSeed, 0),
                   TransportCost::euclidean) {}

  /// Returns false when the patience is over.
  bool check(const CellMnn& model, Executor& executor) {
    Matrix<double> predicted = predicted_cloud(model, task_, executor).points;
    const double w1 =
        transport_.solve(at_most(std::move(predicted), kSelectionSubset, kSelectionSeed, 1)).value;
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

/// Protocol::paper checks the held-out W1 every 10 epochs with a patience of 10 checks, an epoch being
/// (training cells / batch) steps.
Prediction cellmnn(const PredictionTask& task, const MethodOptions& options, std::uint64_t seed,
                   Executor& executor, const TrainingProgress& progress) {
  TrainOptions training = options.training;
  training.seed = seed;
  Trainer trainer(task.training, training, executor);
  std::optional<PaperSelection> selection;
  if (options.protocol == Protocol::paper) selection.emplace(task);
  const Index epoch = std::max<Index>(1, task.training.cells() / training.batch);
  while (!trainer.done()) {
    trainer.step();
    const Index done = trainer.steps_done();
    if (progress && !progress(done, training.steps)) {
      throw Error(ErrorCode::interrupted, "stopped at step " + std::to_string(done));
    }
    const bool check = selection && (done % (epoch * kEpochsBetweenChecks) == 0 || trainer.done());
    if (check && !selection->check(trainer.model(), executor)) break;
  }
  const CellMnn model = selection ? selection->best() : trainer.model();
  return against_all(predicted_cloud(model, task, executor), task);
}

Index cellmnn_steps(const MethodOptions& options) { return options.training.steps; }

}  // namespace

std::string Method::protocol(const MethodOptions& options) const {
  if (pools()) return method_named(members).protocol(options);
  if (!trained()) return "-";
  return selects && options.protocol == Protocol::paper ? "paper" : "honest";
}

const std::vector<Method>& all_methods() {
  static const std::vector<Method> methods = {
      {"previous", none, previous},
      {"next", without_next, next},
      {"mixture", without_next, mixture},
      {"ot-interpolate", without_next, interpolated<TransportCost::euclidean>},
      {"ot-interpolate-w2", without_next, interpolated<TransportCost::squared_euclidean>},
      {"cellmnn", none, cellmnn, cellmnn_steps, true},
      {"cellmnn-ensemble", none, nullptr, nullptr, false, "cellmnn"},
      {"noise-floor", without_halves, noise_floor},
  };
  return methods;
}

const Method& method_named(const std::string& name) {
  std::string names;
  for (const Method& method : all_methods()) {
    if (method.name == name) return method;
    names += (names.empty() ? "" : ", ") + method.name;
  }
  throw Error(ErrorCode::usage, "there is no method '" + name + "': expected one of " + names);
}

PointCloud pooled(const std::vector<PointCloud>& members, std::uint64_t seed) {
  const auto alike = [&](const PointCloud& member) {
    return member.weights.size() == 0 && member.points.rows() == members.front().points.rows() &&
           member.points.cols() == members.front().points.cols();
  };
  if (members.empty() || !std::all_of(members.begin(), members.end(), alike)) {
    throw Error(ErrorCode::bad_input,
                "an ensemble needs at least one prediction, all of the same cells and with uniform weights");
  }
  PointCloud cloud = members.front();
  Rng rng(seed, kPool);
  for (Index i = 0; i < cloud.points.rows(); ++i) {
    cloud.points.row(i) = members[static_cast<std::size_t>(rng.below(members.size()))].points.row(i);
  }
  return cloud;
}

}  // namespace cellmnn
