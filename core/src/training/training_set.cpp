#include "training/training_set.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "cellmnn/error.hpp"
#include "training/growth_prior.hpp"

namespace cellmnn {
namespace {

void validate(const TimeCourse& data, const TrainOptions& options) {
  validate_for_training(data);
  if (data.dims() == options.model.dims) return;
  throw Error(ErrorCode::bad_input, "dims",
              " is " + std::to_string(options.model.dims) + ", but the data have " +
                  std::to_string(data.dims()) + " dimensions");
}

TimeScale time_scale_of(const TimeCourse& data, const TrainOptions& options) {
  validate(data, options);
  const TimeScale scale = options.time_unit == TimeUnit::gap ? gap_scale(data) : TimeScale{};
  validate_growth_prior(data, options.model, scale);
  return scale;
}

/// Times of a long course are too large an input of the encoder: untrained operators would grow with them. It
/// is trained with times of at most this many mean gaps; model() gives its first layer the unit of all
/// others.
constexpr double kLongestClock = 30;

double clock_of(const TimeCourse& data, const TimeScale& scale, const TrainOptions& options) {
  if (options.time_unit != TimeUnit::gap) return 1;
  return std::min(1.0, kLongestClock / scale.to_model(data.snapshots.back().time));
}

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

ObjectiveOptions loss_of(const TimeCourse& data, const TimeScale& scale, double clock,
                         const TrainOptions& options) {
  ObjectiveOptions loss;
  loss.operator_shape = operator_shape(options.model);
  loss.width = options.model.width;
  loss.depth = options.model.depth;
  for (const Snapshot& snapshot : data.snapshots) loss.times.push_back(scale.to_model(snapshot.time));
  loss.kinetic_times = kinetic_times(options, loss.times);
  loss.clock = clock;
  loss.gamma = options.gamma;
  loss.sigma = options.sigma;
  loss.lambda_kinetic = options.lambda_kinetic;
  if (options.kinetic_times == KineticTimes::ahead) loss.kinetic_range = KineticRange::ahead;
  if (options.kinetic_times == KineticTimes::next) loss.kinetic_range = KineticRange::next;
  loss.backward = options.backward;
  loss.agreement = options.agreement;
  loss.mass_penalty = has_growth_prior(data) ? options.growth_prior_weight : options.mass_penalty;
  return loss;
}

Index drawn_row(const Matrix<float>& from, Rng& rng) {
  return static_cast<Index>(rng.below(static_cast<std::uint64_t>(from.rows())));
}

/// All rows are drawn first, so that they come from memory together.
void draw_cells(const Matrix<float>& from, Rng& rng, std::vector<Index>& rows, Matrix<float>& to) {
  const Index dims = from.cols();
  rows.resize(static_cast<std::size_t>(to.rows()));
  for (Index& row : rows) {
    row = drawn_row(from, rng);
    __builtin_prefetch(from.data() + row * dims);
  }
  float* next = to.data();
  for (const Index row : rows) next = std::copy_n(from.data() + row * dims, dims, next);
}

}  // namespace

TrainingSet::TrainingSet(TimeCourse data, const TrainOptions& options)
    : time_scale_(time_scale_of(data, options)),
      clock_(clock_of(data, time_scale_, options)),
      objective_(loss_of(data, time_scale_, clock_, options)) {
  latent_ = whitening_of(data);
  gene_space_ = std::move(data.gene_space);
  const bool has_prior = has_growth_prior(data);
  for (Snapshot& snapshot : data.snapshots) {
    times_.push_back(snapshot.time);
    snapshots_.push_back(latent_.whiten(snapshot.cells));
    snapshot.cells.resize(0, 0);
    if (has_prior) growth_priors_.emplace_back(snapshot.growth_prior * static_cast<float>(time_scale_.unit));
  }

  const Index per_source = std::max<Index>(1, options.batch / (static_cast<Index>(snapshots_.size()) - 1));
  batch_.targets.resize(static_cast<std::size_t>(objective_.sources()));
  for (Index k = 0; k < objective_.sources(); ++k) {
    batch_.cells.emplace_back(per_source, options.model.dims);
    if (has_prior) batch_.growth_priors.emplace_back(per_source);
    for (std::size_t r = 0; r < objective_.targets(k).size(); ++r) {
      batch_.targets[static_cast<std::size_t>(k)].emplace_back(per_source, options.model.dims);
    }
  }
  if (options.agreement > 0) batch_.meetings.resize(snapshots_.size() - 1);
}

void TrainingSet::draw(Rng& rng) {
  for (std::size_t k = 0; k < batch_.cells.size(); ++k) {
    draw_cells(snapshots_[k], rng, rows_, batch_.cells[k]);
    if (!growth_priors_.empty()) {
      for (std::size_t i = 0; i < rows_.size(); ++i)
        batch_.growth_priors[k](static_cast<Index>(i)) = growth_priors_[k](rows_[i]);
    }
    const std::vector<Index>& targets = objective_.targets(static_cast<Index>(k));
    for (std::size_t r = 0; r < targets.size(); ++r)
      draw_cells(snapshots_[static_cast<std::size_t>(targets[r])], rng, rows_, batch_.targets[k][r]);
  }
  for (float& meeting : batch_.meetings) meeting = static_cast<float>(rng.uniform());
}

CellMnn TrainingSet::model(const ModelConfig& config, Vector<float> parameters) const {
  CellMnn model;
  model.config = config;
  model.latent = latent_;
  model.time_scale = time_scale_;
  model.gene_space = gene_space_;
  model.training_times = times_;
  model.growth_prior = !growth_priors_.empty();
  model.parameters = std::move(parameters);
  const ParameterLayer& first = encoder().layers().front();
  Eigen::Map<Matrix<float>> weights(model.parameters.data() + first.weight, first.outputs, first.inputs);
  weights.rightCols(1) *= static_cast<float>(clock_);
  return model;
}

}  // namespace cellmnn
