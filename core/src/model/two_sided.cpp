#include "cellmnn/two_sided.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "base/monotone_cubic.hpp"
#include "base/option_check.hpp"
#include "base/text.hpp"
#include "cellmnn/error.hpp"
#include "model/bridge.hpp"
#include "model/encoded_cells.hpp"
#include "model/ways.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kBendingSnapshots = 4;
constexpr Index kCellsForMass = 50;

/// The snapshots on both sides of a time.
struct Neighbours {
  double begin;
  std::optional<double> end;  ///< none where the forward network speaks alone
};

Neighbours neighbours(const std::vector<double>& training_times, double time) {
  const auto after = std::upper_bound(training_times.begin(), training_times.end(), time);
  if (after == training_times.begin()) return {training_times.front(), std::nullopt};
  const double begin = *(after - 1);
  if (time == begin || after == training_times.end()) return {begin, std::nullopt};
  return {begin, *after};
}

Index known_snapshot(const TimeCourse& data, double training_time, double time) {
  const std::optional<Index> found = find_snapshot(data, training_time);
  if (found) return *found;
  throw Error(ErrorCode::bad_input, "the population at time " + text(time) +
                                        " is made from the cells of time " + text(training_time) +
                                        ", but the data have none");
}

/// The mean of the population by the means of all known snapshots; none if these are few.
std::optional<Eigen::RowVectorXd> bent_mean(const CellMnn& model, const TimeCourse& data, double time) {
  std::vector<double> times;
  std::vector<Eigen::RowVectorXd> means;
  for (const double training_time : model.training_times) {
    const std::optional<Index> found = find_snapshot(data, training_time);
    if (!found) continue;
    const Matrix<float>& cells = data.snapshots[static_cast<std::size_t>(*found)].cells;
    times.push_back(training_time);
    means.emplace_back(model.latent.whiten_in_double(cells).colwise().mean());
  }
  if (times.size() < kBendingSnapshots) return std::nullopt;
  Eigen::RowVectorXd mean(means.front().size());
  for (Index d = 0; d < mean.size(); ++d) {
    std::vector<double> values;
    values.reserve(means.size());
    for (const Eigen::RowVectorXd& each : means) values.push_back(each(d));
    mean(d) = monotone_cubic(times, values, time);
  }
  return mean;
}

/// The cells of one snapshot at a time on their way to the other one, and at its end; whitened.
struct Side {
  PointCloud now, arrived;

  /// `model` has a time line of its own, on which the cells go from `from` by `time` to `to`.
  Side(const CellMnn& model, const Matrix<float>& cells, double from, double time, double to,
       Executor& executor) {
    const Paths there =
        model.paths(cells, Vector<double>::Constant(cells.rows(), from), {time, to}, executor);
    const auto cloud_at = [&](Index k) {
      return PointCloud{model.latent.whiten_in_double(there.positions.slice(k)), there.weights_at(k)};
    };
    now = cloud_at(0);
    arrived = cloud_at(1);
  }
};

}  // namespace

void validate(const BetweenOptions& options) {
  const auto require_share = [](const char* option, double got) {
    require_option(got >= 0 && got <= 1, option, got, "0 to 1");
  };
  require_share("pool", options.pool);
  require_share("spread", options.spread);
  require_share("bend", options.bend);
  require_share("bridge", options.bridge);
}

bool has_cells_for_mass(const TimeCourse& data) {
  return std::all_of(data.snapshots.begin(), data.snapshots.end(),
                     [](const Snapshot& snapshot) { return snapshot.cells.rows() >= kCellsForMass; });
}

Population population_ahead(const CellMnn& model, const TimeCourse& data, double from, double time,
                            Executor& executor) {
  Population population;
  population.before = population.after = known_snapshot(data, from, time);
  const Matrix<float>& cells = data.snapshots[static_cast<std::size_t>(population.before)].cells;
  const Paths there = model.paths(cells, Vector<double>::Constant(cells.rows(), from), {time}, executor);
  population.points = there.positions.slice(0);
  population.weights = there.weights_at(0);
  if (population.weights.size() == 0)
    population.weights = Vector<double>::Constant(cells.rows(), 1 / static_cast<double>(cells.rows()));
  population.sources.resize(static_cast<std::size_t>(cells.rows()));
  std::iota(population.sources.begin(), population.sources.end(), Index{0});
  return population;
}

double time_before(const CellMnn& model, double time) { return neighbours(model.training_times, time).begin; }

Population TwoSidedModel::population(const TimeCourse& data, double time, const BetweenOptions& options,
                                     std::uint64_t seed, Executor& executor) const {
  validate(options);
  require_dims(forward, data.dims());
  const auto [from, until] = neighbours(forward.training_times, time);
  if (!until) return population_ahead(forward, data, from, time, executor);
  Population population;
  population.before = known_snapshot(data, from, time);
  population.after = known_snapshot(data, *until, time);
  const Matrix<float>& earlier = data.snapshots[static_cast<std::size_t>(population.before)].cells;
  const Matrix<float>& later = data.snapshots[static_cast<std::size_t>(population.after)].cells;
  const Matrix<double> begin = forward.latent.whiten_in_double(earlier);
  const Matrix<double> end = forward.latent.whiten_in_double(later);
  const double fraction = (time - from) / (*until - from);

  const auto mirror = [&](double t) { return mirrored_time(t, forward.first_time(), forward.last_time()); };
  Side ahead(forward, earlier, from, time, *until, executor);
  Side back(reversed, later, mirror(*until), mirror(time), mirror(from), executor);
  if (options.pool < 1 && options.bridge > 0) {
    executor.run(2, [&](std::ptrdiff_t part) {
      if (part == 0) ahead.now.points += options.bridge * fraction * shortfall(ahead.arrived, end, seed);
      if (part == 1)
        back.now.points += options.bridge * (1 - fraction) * shortfall(back.arrived, begin, seed);
    });
  }
  Ways predicted, straight;
  executor.run(2, [&](std::ptrdiff_t part) {
    if (part == 0 && options.pool < 1) predicted = ways_between(ahead.now, back.now, fraction, seed);
    if (part == 1 && options.pool > 0) straight = ways_between({begin, {}}, {end, {}}, fraction, seed);
  });
  Ways ways = spread_along(pooled(std::move(predicted), std::move(straight), options.pool), begin, end,
                           options.spread * 4 * fraction * (1 - fraction), seed);

  population.weights.resize(ways.points.rows());
  for (Index i = 0; i < ways.points.rows(); ++i) {
    const TransportEntry& entry = ways.plan[static_cast<std::size_t>(i)];
    population.weights(i) = entry.mass;
    population.sources.push_back(entry.source);
    population.targets.push_back(entry.target);
  }
  if (const std::optional<Eigen::RowVectorXd> mean = bent_mean(forward, data, time)) {
    const Eigen::RowVectorXd now = population.weights.transpose() * ways.points;
    ways.points.rowwise() += options.bend * (*mean - now);
  }
  population.points = forward.latent.unwhiten(ways.points.cast<float>());
  return population;
}

Population resampled(const Population& population, Index count, std::uint64_t seed, std::uint64_t stream) {
  constexpr std::uint64_t kFirstStream = 16;
  const PointCloud cloud{Matrix<double>(population.points.rows(), 0), population.weights};
  const std::vector<Index> rows = sampled_rows(cloud, count, seed, kFirstStream + stream);
  Population drawn;
  drawn.before = population.before;
  drawn.after = population.after;
  drawn.points = population.points(rows, Eigen::all);
  drawn.weights = Vector<double>::Constant(count, 1 / static_cast<double>(count));
  for (const Index row : rows) {
    drawn.sources.push_back(population.sources[static_cast<std::size_t>(row)]);
    if (!population.targets.empty())
      drawn.targets.push_back(population.targets[static_cast<std::size_t>(row)]);
  }
  return drawn;
}

CellMnn reversed_model(const CellMnn& forward, Vector<float> parameters) {
  CellMnn model = forward;
  for (double& time : model.training_times)
    time = mirrored_time(time, forward.first_time(), forward.last_time());
  std::reverse(model.training_times.begin(), model.training_times.end());
  model.parameters = std::move(parameters);
  model.growth_shift.clear();
  return model;
}

}  // namespace cellmnn
