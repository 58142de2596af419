#include "cellmnn/population_sizes.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "model/mass.hpp"

namespace cellmnn {
namespace {

constexpr const char* kOption = "counts";

[[noreturn]] void refuse(const std::string& about_it) {
  throw Error(ErrorCode::bad_input, kOption, about_it);
}

/// The place of the size at this time.
std::size_t place_of(const PopulationSizes& sizes, double time) {
  constexpr double kSame = 1e-6;
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < sizes.times.size(); ++i) {
    if (!(std::abs(sizes.times[i] - time) <= kSame * std::abs(time))) continue;
    if (found) refuse(" has two sizes of the population at time " + text(time) + ": give one");
    found = i;
  }
  if (!found) {
    refuse(" has no size of the population at time " + text(time) +
           ", which is trained on: it has those of " +
           (sizes.times.empty() ? "no time" : listed(sizes.times)));
  }
  return *found;
}

}  // namespace

void validate(const PopulationSizes& sizes, const ModelConfig& config, const TimeCourse& training) {
  if (!config.mass)
    throw Error(ErrorCode::usage, kOption,
                " are about the weights of cells, which only a model with mass has");
  for (const Snapshot& snapshot : training.snapshots) {
    const double time = snapshot.time;
    const double count = sizes.counts[place_of(sizes, time)];
    if (std::isfinite(count) && count > 0) continue;
    refuse(" says that the population has " + text(count) + " cells at time " + text(time) +
           ", but a size is a number above 0");
  }
}

void know_sizes(CellMnn& model, const TimeCourse& training, const PopulationSizes& sizes,
                Executor& executor) {
  const std::vector<double>& times = model.training_times;
  validate(sizes, model.config, training);
  const auto size_at = [&](double time) { return sizes.counts[place_of(sizes, time)]; };
  model.growth_shift.assign(times.size() - 1, 0);
  std::vector<double> shift;
  for (std::size_t k = 0; k + 1 < times.size(); ++k) {
    const double ratio = size_at(times[k + 1]) / size_at(times[k]);
    const Matrix<float>& cells = training.snapshots[k].cells;
    const Vector<double> own = Vector<double>::Constant(cells.rows(), times[k]);
    const Vector<double> logs = model.paths(cells, own, {times[k + 1]}, executor).log_sizes.row(0);
    const double most = logs.maxCoeff();
    const double log_mean = most + std::log((logs.array() - most).exp().mean());
    shift.push_back((std::log(ratio) - log_mean) / ((times[k + 1] - times[k]) / model.time_scale.unit));
  }
  model.growth_shift = std::move(shift);
}

}  // namespace cellmnn
