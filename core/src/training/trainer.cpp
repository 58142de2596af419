#include "cellmnn/trainer.hpp"

#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "cellmnn/error.hpp"
#include "training/adamw.hpp"
#include "training/training_set.hpp"

namespace cellmnn {
namespace {

/// Streams of the seed. Steps use stream kFirstStepStream + step, so sampling has no state to save.
constexpr std::uint64_t kInitialStream = 0;
constexpr std::uint64_t kFirstStepStream = 1;

/// Batches that are tried in one step.
constexpr int kMostDraws = 20;

bool has_embedding(const TrainOptions& options, Index sets) { return options.set_embedding && sets > 1; }

}  // namespace

Index parameter_count(const TrainOptions& options, Index sets) {
  return parameter_count(options.model) + (has_embedding(options, sets) ? sets * options.model.width : 0);
}

struct Trainer::Impl {
  TrainOptions options;
  Executor* executor;
  std::vector<TrainingSet> sets;
  /// Of the encoder, the same for all sets; then, with an embedding, what each set adds to the bias of the
  /// first layer (sets, W).
  Vector<float> parameters;
  Vector<float> gradient, average;
  Vector<float> set_parameters, set_gradient;  ///< of the encoder as one set sees it
  Vector<float> good_parameters;               ///< the last ones whose loss was finite
  AdamW<float> optimiser;
  Index step = 0;

  /// Leaves nothing in `data`.
  Impl(std::span<TimeCourse> data, const TrainOptions& o, Executor& e) : options(o), executor(&e) {
    validate(options);
    if (data.empty()) throw Error(ErrorCode::bad_input, "there are no data to train on");
    for (TimeCourse& each : data) sets.emplace_back(std::move(each), options);

    Rng rng(options.seed, kInitialStream);
    const Vector<float> initial = sets.front().encoder().initial_parameters(rng);
    parameters = Vector<float>::Zero(parameter_count(options, count()));
    parameters.head(initial.size()) = initial;
    keep_shared(parameters);
    good_parameters = parameters;
    optimiser = AdamW<float>(parameters.size());
    if (options.average > 0) average = parameters;
  }

  Index count() const { return static_cast<Index>(sets.size()); }
  Index steps() const { return options.steps * count(); }
  bool embeds() const { return has_embedding(options, count()); }

  /// A shared operator is the bias of the encoder's output, the last of its parameters; all others stay 0.
  void keep_shared(Vector<float>& values) const {
    if (!options.shared_operator) return;
    values.head(values.size() - operator_shape(options.model).outputs()).setZero();
  }

  /// What set `k` adds to the bias of the first layer, in `all`.
  Eigen::VectorBlock<Vector<float>> embedding(Vector<float>& all, Index k) const {
    return all.segment(sets.front().encoder().parameter_count() + k * options.model.width,
                       options.model.width);
  }

  /// The encoder's parameters as set `k` sees them.
  void parameters_of_set(Vector<float>& all, Index k, Vector<float>& result) const {
    const Encoder<float>& encoder = sets.front().encoder();
    result = all.head(encoder.parameter_count());
    if (embeds()) result.segment(encoder.layers().front().bias, options.model.width) += embedding(all, k);
  }

  /// Fills `gradient` with that of the batch of set `k`. Throws numerical if a number is not finite.
  LossParts finite_gradient(Index k, bool report) {
    TrainingSet& set = sets[static_cast<std::size_t>(k)];
    LossParts parts;
    if (embeds()) {
      parameters_of_set(parameters, k, set_parameters);
      parts = set.gradient(set_parameters, report, *executor, set_gradient);
      gradient.setZero(parameters.size());
      gradient.head(set_gradient.size()) = set_gradient;
      embedding(gradient, k) = set_gradient.segment(set.encoder().layers().front().bias, options.model.width);
    } else {
      parts = set.gradient(parameters, report, *executor, gradient);
    }
    // A sum is finite only if all of its terms are, and is faster than looking at each.
    if (std::isfinite(parts.loss) && std::isfinite(gradient.sum())) return parts;
    throw Error(ErrorCode::numerical, "the loss is no longer finite");
  }

  /// The gradient of a batch of set `k`. A single cell may leave the finite numbers over a long gap while the
  /// others do not: then other cells are drawn. If that does not help, the parameters are the last good ones
  /// again.
  LossParts gradient_of_batch(Index k, bool report) {
    Rng rng(options.seed, kFirstStepStream + static_cast<std::uint64_t>(step));
    for (int draw = 1;; ++draw) {
      sets[static_cast<std::size_t>(k)].draw(rng);
      try {
        return finite_gradient(k, report);
      } catch (const Error& error) {
        if (error.code() == ErrorCode::numerical && draw < kMostDraws) continue;
        parameters = good_parameters;
        std::string message = "step " + std::to_string(step + 1) + ": " + error.what();
        // No step has been made before the first.
        if (error.code() == ErrorCode::numerical && step > 0)
          message += "; a smaller learning rate usually helps";
        throw Error(error.code(), message);
      }
    }
  }

  LossParts step_once(bool report) {
    const Index k = step % count();
    const LossParts parts = gradient_of_batch(k, report);
    keep_shared(gradient);
    const double rate =
        options.learning_rate * schedule_factor(options.schedule, step, steps(), options.warmup);
    optimiser.update(parameters, gradient, step + 1, rate, options.weight_decay, *executor, good_parameters);
    parameters.swap(good_parameters);
    if (options.average > 0) {
      const auto keep = static_cast<float>(options.average);
      average = keep * average + (1 - keep) * parameters;
    }
    ++step;
    return parts;
  }

  CellMnn model(Index k) {
    Vector<float> result;
    parameters_of_set(options.average > 0 ? average : parameters, k, result);
    return sets[static_cast<std::size_t>(k)].model(options.model, std::move(result));
  }
};

Trainer::Trainer(TimeCourse data, const TrainOptions& options, Executor& executor)
    : impl_(std::make_unique<Impl>(std::span(&data, 1), options, executor)) {}
Trainer::Trainer(std::vector<TimeCourse> data, const TrainOptions& options, Executor& executor)
    : impl_(std::make_unique<Impl>(data, options, executor)) {}
Trainer::~Trainer() = default;
Trainer::Trainer(Trainer&&) noexcept = default;
Trainer& Trainer::operator=(Trainer&&) noexcept = default;

void Trainer::step() { impl_->step_once(false); }
LossParts Trainer::reported_step() { return impl_->step_once(true); }
Index Trainer::steps_done() const { return impl_->step; }
Index Trainer::steps() const { return impl_->steps(); }
bool Trainer::done() const { return impl_->step >= impl_->steps(); }
const TrainOptions& Trainer::options() const { return impl_->options; }

Index Trainer::sets() const { return impl_->count(); }
CellMnn Trainer::model(Index set) const { return impl_->model(set); }

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
  if (state.average.size() != impl_->average.size() || state.step < 0 || state.step > impl_->steps()) {
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
