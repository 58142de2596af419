#include "baselines/flow_matching.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/option_check.hpp"
#include "base/text.hpp"
#include "baselines/coupling.hpp"
#include "baselines/velocity_network.hpp"
#include "cellmnn/error.hpp"
#include "training/adamw.hpp"

namespace cellmnn {
namespace {

/// Streams of the seed. Pair p of step k uses kFirstStepStream + k * pairs + p.
constexpr std::uint64_t kInitialStream = 0;
constexpr std::uint64_t kFirstStepStream = 1;

constexpr Index kNetworkCells = 128;   // of one pass: the unit of parallel work
constexpr double kStepsPerUnit = 100;  // of a prediction
constexpr double kLongestWay = 1000;   // of a prediction, in model time

using Network = VelocityNetwork<float>;

/// The straight paths between two consecutive training snapshots.
struct Paths {
  PairSampler sampler;
  const Matrix<float>& sources;
  const Matrix<float>& targets;
  double begin, gap;  ///< in model time
};

/// Up to kNetworkCells rows of the batch.
struct Block {
  Index begin, count;
  Network::Pass pass;
  Vector<float> gradient;
  double squared_error = 0;
};

/// Moves whitened cells (n, D) along the velocity from time t by `steps` steps of length h.
void integrate(const Network& network, const Vector<float>& parameters, Eigen::Ref<Matrix<float>> cells,
               double t, double h, Index steps) {
  const Index dims = cells.cols();
  Network::Pass pass;
  network.resize(pass, cells.rows());
  const Matrix<float>& slope = pass.layer.back();
  const auto evaluate = [&](const auto& x, double time) {
    pass.layer[0].leftCols(dims) = x;
    pass.layer[0].col(dims).setConstant(static_cast<float>(time));
    network.forward(parameters, pass);
  };
  const auto full = static_cast<float>(h), half = static_cast<float>(h / 2);
  Matrix<float> sum(cells.rows(), dims);
  for (Index i = 0; i < steps; ++i) {
    const double begin = t + static_cast<double>(i) * h;
    evaluate(cells, begin);
    sum = slope;
    evaluate(cells + half * slope, begin + h / 2);
    sum += 2 * slope;
    evaluate(cells + half * slope, begin + h / 2);
    sum += 2 * slope;
    evaluate(cells + full * slope, begin + h);
    sum += slope;
    cells += full / 6 * sum;
  }
}

FlowMatchingOptions validated(const FlowMatchingOptions& options) {
  validate(options);
  return options;
}

}  // namespace

void validate(const FlowMatchingOptions& options) {
  require_at_least("steps", options.steps, 1);
  require_range("batch", options.batch, 1, 65536);
  require_range("width", options.width, 1, 4096);
  require_range("depth", options.depth, 1, 32);
  require_positive("lr", options.learning_rate);
  require_not_negative("weight_decay", options.weight_decay);
  require_not_negative("sigma", options.sigma);
}

struct FlowMatching::Impl {
  FlowMatchingOptions options;
  Executor* executor;
  LatentSpace latent;
  TimeScale time_scale;
  std::vector<Matrix<float>> snapshots;  ///< whitened
  std::vector<Paths> paths;
  Network network;
  Matrix<float> input;   ///< (B, D + 1): all paths' x and t, one after the other
  Matrix<float> target;  ///< (B, D)
  std::vector<Block> blocks;
  Vector<float> parameters;
  AdamW<float> optimiser;
  Index step = 0;

  Impl(const TimeCourse& data, const FlowMatchingOptions& o, Executor& e)
      : options(validated(o)), executor(&e), network({data.dims() + 1, o.width, o.depth, data.dims()}) {
    validate_for_training(data);
    latent = whitening_of(data);
    time_scale = gap_scale(data);
    for (const Snapshot& snapshot : data.snapshots) snapshots.push_back(latent.whiten(snapshot.cells));
    for (std::size_t k = 0; k + 1 < snapshots.size(); ++k) {
      const double begin = time_scale.to_model(data.snapshots[k].time);
      const double end = time_scale.to_model(data.snapshots[k + 1].time);
      paths.push_back({PairSampler(options.coupling, snapshots[k], snapshots[k + 1]), snapshots[k],
                       snapshots[k + 1], begin, end - begin});
    }

    const Index rows = options.batch * static_cast<Index>(paths.size());
    input.resize(rows, data.dims() + 1);
    target.resize(rows, data.dims());
    for (Index begin = 0; begin < rows; begin += kNetworkCells) {
      blocks.push_back({begin, std::min(kNetworkCells, rows - begin), {}, {}});
      network.resize(blocks.back().pass, blocks.back().count);
    }
    Rng rng(options.seed, kInitialStream);
    parameters = network.initial_parameters(rng);
    optimiser = AdamW<float>(parameters.size());
  }

  /// Fills the rows of the batch that belong to paths[p].
  void draw(Index p) {
    const Paths& path = paths[static_cast<std::size_t>(p)];
    Rng rng(options.seed, kFirstStepStream + static_cast<std::uint64_t>(step) * paths.size() +
                              static_cast<std::uint64_t>(p));
    const Index dims = target.cols();
    Index row = p * options.batch;
    for (const CellPair& pair : path.sampler.draw(options.batch, rng)) {
      const double s = rng.uniform();
      for (Index d = 0; d < dims; ++d) {
        const double x0 = path.sources(pair.source, d), x1 = path.targets(pair.target, d);
        input(row, d) = static_cast<float>((1 - s) * x0 + s * x1 + options.sigma * rng.normal());
        target(row, d) = static_cast<float>((x1 - x0) / path.gap);
      }
      input(row, dims) = static_cast<float>(path.begin + s * path.gap);
      ++row;
    }
  }

  void fit(Block& block) const {
    block.pass.layer[0] = input.middleRows(block.begin, block.count);
    network.forward(parameters, block.pass);
    Matrix<float>& delta = block.pass.delta.back();
    delta = block.pass.layer.back() - target.middleRows(block.begin, block.count);
    block.squared_error = static_cast<double>(delta.squaredNorm());
    delta *= 2 / static_cast<float>(target.size());
    network.backward(parameters, block.pass, block.gradient);
  }

  double step_once() {
    executor->run(static_cast<Index>(paths.size()), [&](Index p) { draw(p); });
    executor->run(static_cast<Index>(blocks.size()),
                  [&](Index i) { fit(blocks[static_cast<std::size_t>(i)]); });
    double squared_error = 0;
    for (const Block& block : blocks) squared_error += block.squared_error;
    const double error = squared_error / static_cast<double>(target.size());
    if (!std::isfinite(error)) {
      throw Error(ErrorCode::numerical,
                  "step " + std::to_string(step + 1) +
                      ": the loss is no longer finite; a smaller learning rate usually helps");
    }
    Vector<float>& gradient = blocks.front().gradient;
    for (std::size_t i = 1; i < blocks.size(); ++i) gradient += blocks[i].gradient;
    optimiser.update(parameters, gradient, ++step, options.learning_rate, options.weight_decay, *executor,
                     parameters);
    return error;
  }

  Matrix<float> predict(const MatrixView<float>& cells, double from_time, double to_time) const {
    if (cells.cols() != latent.mean.size()) {
      throw Error(ErrorCode::bad_input, "the model has " + std::to_string(latent.mean.size()) +
                                            " dimensions, the cells have " + std::to_string(cells.cols()));
    }
    const double begin = time_scale.to_model(from_time), way = time_scale.to_model(to_time) - begin;
    if (!(std::abs(way) <= kLongestWay)) {
      throw Error(ErrorCode::bad_input, "cannot predict from time " + text(from_time) + " to " +
                                            text(to_time) +
                                            "; expected at most 1000 mean gaps of the training times");
    }
    const Index steps = std::max<Index>(1, static_cast<Index>(std::ceil(kStepsPerUnit * std::abs(way))));
    Matrix<float> moved = latent.whiten(cells);
    executor->run((moved.rows() + kNetworkCells - 1) / kNetworkCells, [&](Index i) {
      const Index row = i * kNetworkCells;
      integrate(network, parameters, moved.middleRows(row, std::min(kNetworkCells, moved.rows() - row)),
                begin, way / static_cast<double>(steps), steps);
    });
    if (!moved.allFinite()) {
      throw Error(ErrorCode::numerical,
                  "the prediction from time " + text(from_time) + " to " + text(to_time) + " is not finite");
    }
    return latent.unwhiten(moved);
  }
};

FlowMatching::FlowMatching(const TimeCourse& data, const FlowMatchingOptions& options, Executor& executor)
    : impl_(std::make_unique<Impl>(data, options, executor)) {}
FlowMatching::~FlowMatching() = default;
FlowMatching::FlowMatching(FlowMatching&&) noexcept = default;
FlowMatching& FlowMatching::operator=(FlowMatching&&) noexcept = default;

double FlowMatching::step() { return impl_->step_once(); }
Index FlowMatching::steps_done() const { return impl_->step; }
bool FlowMatching::done() const { return impl_->step >= impl_->options.steps; }
Index FlowMatching::steps() const { return impl_->options.steps; }

Matrix<float> FlowMatching::predict(const MatrixView<float>& cells, double from_time, double to_time) const {
  return impl_->predict(cells, from_time, to_time);
}

}  // namespace cellmnn
