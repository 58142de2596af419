#include "cellmnn/trainer.hpp"

#include <cmath>
#include <string>

#include "cellmnn/error.hpp"
#include "option_check.hpp"
#include "text.hpp"

namespace cellmnn {
namespace {

/// Streams of the seed. Steps use stream kFirstStepStream + step, so sampling has no state to save.
constexpr std::uint64_t kInitialStream = 0;
constexpr std::uint64_t kFirstStepStream = 1;

std::vector<double> kinetic_times(const TrainOptions& options, const std::vector<double>& times) {
  if (options.kinetic_times == KineticTimes::data) return times;
  // The paper's grid: first, first + step, ... up to the last time; the tolerance keeps the end.
  const double range = times.back() - times.front();
  const auto intervals = static_cast<Index>(std::floor(range / options.kinetic_step + 1e-9));
  std::vector<double> grid;
  for (Index i = 0; i <= intervals; ++i)
    grid.push_back(times.front() + static_cast<double>(i) * options.kinetic_step);
  return grid;
}

}  // namespace

TrainOptions paper_preset() {
  TrainOptions options;
  options.batch = 200;
  options.learning_rate = 2e-4;
  options.schedule = Schedule::constant;
  options.gamma = 0.1;
  options.sigma = 1;
  options.agreement = 0;
  options.model.affine = false;
  options.time_unit = TimeUnit::raw;
  return options;
}

void validate(const TrainOptions& options) {
  validate(options.model);
  require_at_least("--steps", options.steps, 1);
  require_range("--batch", options.batch, 1, 1 << 24);
  require_at_least("--warmup", options.warmup, 0);
  require_positive("--lr", options.learning_rate);
  require_positive("--sigma", options.sigma);
  require_positive("--kinetic-step", options.kinetic_step);
  require_not_negative("--weight-decay", options.weight_decay);
  require_not_negative("--gamma", options.gamma);
  require_not_negative("--lambda-kinetic", options.lambda_kinetic);
  require_not_negative("--backward", options.backward);
  require_not_negative("--agreement", options.agreement);
  require_option(options.average >= 0 && options.average < 1, "--average", options.average,
                 "0 or more and below 1");
}

struct Trainer::Impl {
  TrainOptions options;
  Executor* executor;
  LatentSpace latent;
  TimeScale time_scale;
  GeneSpace gene_space;
  double first_time, last_time;
  std::vector<Matrix<float>> snapshots;  ///< whitened
  std::vector<double> times;             ///< in model time
  std::optional<Objective<float>> objective;
  Batch<float> batch;
  Vector<float> parameters, gradient, average;
  Vector<float> good_parameters;  ///< the last ones whose loss was finite
  AdamW<float> optimiser;
  Index step = 0;

  Impl(const TimeCourse& data, const TrainOptions& o, Executor& e)
      : options(o), executor(&e), gene_space(data.gene_space) {
    validate(options);
    validate(data);
    if (data.dims() != options.model.dims) {
      throw Error(ErrorCode::bad_input, "the data have " + std::to_string(data.dims()) +
                                            " dimensions, --dims asks for " +
                                            std::to_string(options.model.dims));
    }
    latent = whitening_of(data);
    first_time = data.snapshots.front().time;
    last_time = data.snapshots.back().time;
    if (options.time_unit == TimeUnit::gap) time_scale = mean_gap_scale(data);
    for (const Snapshot& snapshot : data.snapshots) {
      snapshots.push_back(latent.whiten(snapshot.cells));
      times.push_back(time_scale.to_model(snapshot.time));
    }

    ObjectiveOptions loss;
    loss.operator_shape = options.model.operator_shape();
    loss.width = options.model.width;
    loss.depth = options.model.depth;
    loss.times = times;
    loss.kinetic_times = kinetic_times(options, times);
    loss.gamma = options.gamma;
    loss.sigma = options.sigma;
    loss.lambda_kinetic = options.lambda_kinetic;
    if (options.kinetic_times == KineticTimes::ahead) loss.kinetic_range = KineticRange::ahead;
    if (options.kinetic_times == KineticTimes::next) loss.kinetic_range = KineticRange::next;
    loss.backward = options.backward;
    loss.agreement = options.agreement;
    objective.emplace(std::move(loss));

    Rng rng(options.seed, kInitialStream);
    parameters = objective->encoder().initial_parameters(rng);
    keep_shared(parameters);
    good_parameters = parameters;
    optimiser = AdamW<float>(parameters.size());
    if (options.average > 0) average = parameters;
    shape_batch();
  }

  /// A shared operator is the bias of the encoder's output, the last of its parameters; all others stay 0.
  void keep_shared(Vector<float>& values) const {
    if (!options.shared_operator) return;
    values.head(values.size() - options.model.operator_shape().outputs()).setZero();
  }

  void shape_batch() {
    const Index per_source = std::max<Index>(1, options.batch / (static_cast<Index>(snapshots.size()) - 1));
    batch.targets.resize(static_cast<std::size_t>(objective->sources()));
    for (Index k = 0; k < objective->sources(); ++k) {
      batch.cells.emplace_back(per_source, options.model.dims);
      for (std::size_t r = 0; r < objective->targets(k).size(); ++r) {
        batch.targets[static_cast<std::size_t>(k)].emplace_back(per_source, options.model.dims);
      }
    }
    if (options.agreement > 0) batch.meetings.resize(snapshots.size() - 1);
  }

  /// Cells are drawn with replacement.
  static void draw(const Matrix<float>& from, Rng& rng, Matrix<float>& to) {
    for (Index i = 0; i < to.rows(); ++i) {
      to.row(i) = from.row(static_cast<Index>(rng.below(static_cast<std::uint64_t>(from.rows()))));
    }
  }

  /// Fills `gradient`. On failure the parameters are the last good ones again.
  LossParts finite_gradient(bool report) {
    try {
      const LossParts parts = objective->gradient(parameters, batch, report, *executor, gradient);
      // A sum is finite only if all of its terms are, and is faster than looking at each.
      if (std::isfinite(parts.loss) && std::isfinite(gradient.sum())) return parts;
      throw Error(ErrorCode::numerical, "the loss is no longer finite; a smaller --lr usually helps");
    } catch (const Error& error) {
      parameters = good_parameters;
      throw Error(error.code(), "step " + std::to_string(step + 1) + ": " + error.what());
    }
  }

  LossParts step_once(bool report) {
    Rng rng(options.seed, kFirstStepStream + static_cast<std::uint64_t>(step));
    for (std::size_t k = 0; k < batch.cells.size(); ++k) {
      draw(snapshots[k], rng, batch.cells[k]);
      const std::vector<Index>& targets = objective->targets(static_cast<Index>(k));
      for (std::size_t r = 0; r < targets.size(); ++r)
        draw(snapshots[static_cast<std::size_t>(targets[r])], rng, batch.targets[k][r]);
    }
    for (float& meeting : batch.meetings) meeting = static_cast<float>(rng.uniform());
    const LossParts parts = finite_gradient(report);
    keep_shared(gradient);
    const double rate =
        options.learning_rate * schedule_factor(options.schedule, step, options.steps, options.warmup);
    optimiser.update(parameters, gradient, step + 1, rate, options.weight_decay, *executor, good_parameters);
    parameters.swap(good_parameters);
    if (options.average > 0) {
      const auto keep = static_cast<float>(options.average);
      average = keep * average + (1 - keep) * parameters;
    }
    ++step;
    return parts;
  }
};

Trainer::Trainer(const TimeCourse& data, const TrainOptions& options, Executor& executor)
    : impl_(std::make_unique<Impl>(data, options, executor)) {}
Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;

void Trainer::step() { impl_->step_once(false); }
LossParts Trainer::reported_step() { return impl_->step_once(true); }
Index Trainer::steps_done() const { return impl_->step; }
bool Trainer::done() const { return impl_->step >= impl_->options.steps; }
const TrainOptions& Trainer::options() const { return impl_->options; }

CellMnn Trainer::model() const {
  CellMnn model;
  model.config = impl_->options.model;
  model.latent = impl_->latent;
  model.time_scale = impl_->time_scale;
  model.gene_space = impl_->gene_space;
  model.first_time = impl_->first_time;
  model.last_time = impl_->last_time;
  model.parameters = impl_->options.average > 0 ? impl_->average : impl_->parameters;
  return model;
}

TrainerState Trainer::state() const {
  return {impl_->step, impl_->parameters, impl_->optimiser.first_moment, impl_->optimiser.second_moment,
          impl_->average};
}

void Trainer::restore(const TrainerState& state) {
  const Index expected = impl_->parameters.size();
  for (const auto* values : {&state.parameters, &state.first_moment, &state.second_moment}) {
    if (values->size() != expected) {
      throw Error(ErrorCode::bad_input, "the saved state has " + std::to_string(values->size()) +
                                            " values where this model has " + std::to_string(expected) +
                                            " parameters; resume with the options of the interrupted run");
    }
  }
  if (state.average.size() != impl_->average.size() || state.step < 0 || state.step > impl_->options.steps) {
    throw Error(ErrorCode::bad_input,
                "the saved state does not fit these options; resume with the options of the "
                "interrupted run");
  }
  impl_->step = state.step;
  impl_->parameters = impl_->good_parameters = state.parameters;
  impl_->optimiser.first_moment = state.first_moment;
  impl_->optimiser.second_moment = state.second_moment;
  impl_->average = state.average;
}

}  // namespace cellmnn
