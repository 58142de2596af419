#include "cellmnn/evaluation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

#include "cellmnn/error.hpp"
#include "cellmnn/mmd.hpp"
#include "cellmnn/rng.hpp"
#include "cellmnn/wasserstein.hpp"

namespace cellmnn {
namespace {

constexpr double kMetricSigma = 1;          // of the reported MMD
constexpr Index kEpochsBetweenChecks = 10;  // Protocol::paper
constexpr Index kPatience = 10;             // checks without a better one

/// Cells in the metric space: whitened by all cells of the whole time course.
Matrix<double> metric(const LatentSpace& space, const MatrixView<float>& cells) {
  return (cells.cast<double>().rowwise() - space.mean.transpose()).array().rowwise() /
         space.std.transpose().array();
}

std::string_view name(Protocol protocol) { return protocol == Protocol::honest ? "honest" : "paper"; }

/// The cells of `from` moved to the time `to` by the model, in the user's coordinates.
Matrix<float> predict_snapshot(const CellMnn& model, const Snapshot& from, double to, Executor& executor) {
  const Vector<double> t = Vector<double>::Constant(from.cells.rows(), from.time);
  const Tensor3<float> moved = model.predict(from.cells, t, {to}, executor);
  return Eigen::Map<const Matrix<float>>(moved.data(), from.cells.rows(), from.cells.cols());
}

PointCloud mixture(const Matrix<double>& previous, const Matrix<double>& next, double fraction) {
  PointCloud cloud;
  cloud.points.resize(previous.rows() + next.rows(), previous.cols());
  cloud.points << previous, next;
  cloud.weights.resize(cloud.points.rows());
  cloud.weights.head(previous.rows()).setConstant((1 - fraction) / static_cast<double>(previous.rows()));
  cloud.weights.tail(next.rows()).setConstant(fraction / static_cast<double>(next.rows()));
  return cloud;
}

PointCloud interpolated(const Matrix<double>& previous, const Matrix<double>& next, double fraction) {
  const Transport transport = optimal_transport(previous, next, TransportCost::euclidean);
  const auto pairs = static_cast<Index>(transport.plan.size());
  PointCloud cloud{Matrix<double>(pairs, previous.cols()), Vector<double>(pairs)};
  for (Index i = 0; i < pairs; ++i) {
    const TransportEntry& entry = transport.plan[static_cast<std::size_t>(i)];
    cloud.points.row(i) = (1 - fraction) * previous.row(entry.source) + fraction * next.row(entry.target);
    cloud.weights(i) = entry.mass;
  }
  return cloud;
}

/// Two random halves of the rows; the first has the odd one.
std::pair<Matrix<double>, Matrix<double>> random_halves(const Matrix<double>& cells, std::uint64_t seed) {
  std::vector<Index> order(static_cast<std::size_t>(cells.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  Rng rng(seed);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(rng.below(i))]);
  const Index half = (cells.rows() + 1) / 2;
  Matrix<double> shuffled(cells.rows(), cells.cols());
  for (Index i = 0; i < cells.rows(); ++i) shuffled.row(i) = cells.row(order[static_cast<std::size_t>(i)]);
  return {shuffled.topRows(half), shuffled.bottomRows(cells.rows() - half)};
}

Score labelled(Score score, std::string method, std::string protocol, double hold_out, std::uint64_t seed) {
  score.method = std::move(method);
  score.protocol = std::move(protocol);
  score.hold_out = hold_out;
  score.seed = seed;
  return score;
}

/// The best model on the held-out cells: the selection of the released code.
class PaperSelection {
 public:
  PaperSelection(const Snapshot& previous, const Snapshot& target, const LatentSpace& space)
      : previous_(previous), target_time_(target.time), space_(space), target_(metric(space, target.cells)) {}

  /// Returns false when the patience is over.
  bool check(const CellMnn& model, Executor& executor) {
    const Matrix<double> predicted =
        metric(space_, predict_snapshot(model, previous_, target_time_, executor));
    const double w1 = wasserstein1(predicted, target_);
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
  const Snapshot& previous_;
  double target_time_;
  const LatentSpace& space_;
  Matrix<double> target_;
  double best_w1_ = std::numeric_limits<double>::infinity();
  CellMnn best_;
  Index checks_since_best_ = 0;
};

}  // namespace

Score score(const PointCloud& predicted, const MatrixView<double>& held_out) {
  SerialExecutor executor;
  Score score;
  score.w1 = optimal_transport(predicted.points, held_out, TransportCost::euclidean, predicted.weights).value;
  score.w2 = std::sqrt(
      optimal_transport(predicted.points, held_out, TransportCost::squared_euclidean, predicted.weights)
          .value);
  score.mmd = mmd2(predicted.points, held_out, kMetricSigma, executor, predicted.weights);
  return score;
}

std::vector<Score> baseline_scores(const TimeCourse& data, Index held_out, std::uint64_t seed) {
  const HoldOut split = hold_out(data, held_out);
  const LatentSpace space = whitening_of(data);
  const auto at = [&](Index i) -> const Snapshot& { return data.snapshots[static_cast<std::size_t>(i)]; };
  const Matrix<double> previous = metric(space, at(held_out - 1).cells);
  const Matrix<double> next = metric(space, at(held_out + 1).cells);
  const Matrix<double> target = metric(space, split.held_out.cells);
  const double fraction =
      (split.held_out.time - at(held_out - 1).time) / (at(held_out + 1).time - at(held_out - 1).time);

  std::vector<Score> scores;
  const auto add = [&](const PointCloud& cloud, const Matrix<double>& against, const char* method) {
    scores.push_back(labelled(score(cloud, against), method, "-", split.held_out.time, seed));
  };
  add({previous, {}}, target, "previous");
  add({next, {}}, target, "next");
  add(mixture(previous, next, fraction), target, "mixture");
  add(interpolated(previous, next, fraction), target, "ot-interpolate");
  if (target.rows() >= 2) {
    const auto [first, second] = random_halves(target, seed);
    add({first, {}}, second, "noise-floor");
  }
  return scores;
}

Score train_and_score(const TimeCourse& data, Index held_out, const TrainOptions& options, Protocol protocol,
                      Executor& executor, const TrainingProgress& progress) {
  const auto start = std::chrono::steady_clock::now();
  const HoldOut split = hold_out(data, held_out);
  const LatentSpace space = whitening_of(data);
  const Snapshot& previous = data.snapshots[static_cast<std::size_t>(held_out - 1)];

  Trainer trainer(split.training, options, executor);
  PaperSelection selection(previous, split.held_out, space);
  const Index epoch = std::max<Index>(1, split.training.cells() / options.batch);
  const bool selecting = protocol == Protocol::paper;
  while (!trainer.done()) {
    trainer.step();
    if (progress && !progress(trainer.steps_done(), options.steps)) {
      throw Error(ErrorCode::interrupted, "stopped at step " + std::to_string(trainer.steps_done()));
    }
    if (!selecting) continue;
    if (trainer.steps_done() % (epoch * kEpochsBetweenChecks) == 0 || trainer.done()) {
      if (!selection.check(trainer.model(), executor)) break;
    }
  }
  const CellMnn model = selecting ? selection.best() : trainer.model();
  const Matrix<double> predicted =
      metric(space, predict_snapshot(model, previous, split.held_out.time, executor));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  Score result = labelled(score({predicted, {}}, metric(space, split.held_out.cells)), "cellmnn",
                          std::string(name(protocol)), split.held_out.time, options.seed);
  result.seconds = elapsed.count();
  return result;
}

Score score_model(const TimeCourse& data, Index target, const CellMnn& model, Executor& executor) {
  if (target < 1 || target >= static_cast<Index>(data.snapshots.size())) {
    throw Error(ErrorCode::bad_input, "a snapshot is predicted from the one before it; the first has none");
  }
  const auto start = std::chrono::steady_clock::now();
  const LatentSpace space = whitening_of(data);
  const Snapshot& to = data.snapshots[static_cast<std::size_t>(target)];
  const Snapshot& from = data.snapshots[static_cast<std::size_t>(target - 1)];
  const Matrix<double> predicted = metric(space, predict_snapshot(model, from, to.time, executor));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  Score result =
      labelled(score({predicted, {}}, metric(space, to.cells)), "cellmnn", "given model", to.time, 0);
  result.seconds = elapsed.count();
  return result;
}

}  // namespace cellmnn
