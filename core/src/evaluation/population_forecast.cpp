#include "cellmnn/population_forecast.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "cellmnn/composition.hpp"
#include "evaluation/scored_methods.hpp"

namespace cellmnn {
namespace {

constexpr double kSmallShare = 0.01;

using SeedsOfTime = std::vector<const Score*>;
using MeasuredByTime = std::map<double, Composition>;

/// Where a row is empty, nothing.
Matrix<double> rows_of(const std::vector<Vector<double>>& rows) {
  if (rows.empty() ||
      std::any_of(rows.begin(), rows.end(), [](const Vector<double>& row) { return row.size() == 0; }))
    return {};
  Matrix<double> matrix(std::ssize(rows), rows.front().size());
  for (std::size_t k = 0; k < rows.size(); ++k) matrix.row(static_cast<Index>(k)) = rows[k].transpose();
  return matrix;
}

template <typename Quantities>
Forecast forecast_of(const SeedsOfTime& seeds, const MeasuredByTime& measured, double gap,
                     const Quantities& quantities) {
  std::vector<Vector<double>> predicted;
  for (const Score* score : seeds) predicted.push_back(quantities(score->composition));
  return {rows_of(predicted), quantities(measured.at(seeds.front()->hold_out)), gap};
}

/// What the inner hold-outs say of one method at one time.
struct InnerSeeds {
  std::vector<double> training_times;
  Index ahead = 1;
  std::vector<SeedsOfTime> seeds;  // of each inner hold-out
};

InnerSeeds inner_seeds(const std::vector<InnerResult>& inner, const ScoredMethod& method, double hold_out) {
  const auto found = std::find_if(inner.begin(), inner.end(),
                                  [&](const InnerResult& each) { return each.hold_out == hold_out; });
  if (found == inner.end()) return {};
  InnerSeeds result{found->training_times, found->ahead, {}};
  for (const ScoredMethod& each : scored_methods(found->scores)) {
    if (each.method != method.method || each.protocol != method.protocol) continue;
    for (const auto& [time, seeds] : each.by_time) result.seeds.push_back(seeds);
  }
  return result;
}

/// Around a time that is not among these.
double gap_outside(const std::vector<double>& times, double time) {
  const auto after = std::upper_bound(times.begin(), times.end(), time);
  return gap_around(*(after - 1), time, after == times.end() ? std::nullopt : std::optional(*after));
}

/// Around one of these times when it and the ones before it that are skipped are held out.
double gap_inside(const std::vector<double>& times, double time, Index ahead) {
  const auto at = std::find(times.begin(), times.end(), time);
  return gap_around(*(at - ahead), time, at + 1 == times.end() ? std::nullopt : std::optional(*(at + 1)));
}

/// `quantities` takes a Composition to (J) numbers, or none.
template <typename Quantities>
std::optional<ForecastValues> values_of(const SeedsOfTime& seeds, const InnerSeeds& inner,
                                        const MeasuredByTime& measured, const Quantities& quantities) {
  const std::vector<double>& times = inner.training_times;
  const double gap = times.empty() ? 1 : gap_outside(times, seeds.front()->hold_out);
  const Forecast forecast = forecast_of(seeds, measured, gap, quantities);
  if (!forecast.is_known()) return std::nullopt;
  std::vector<Vector<double>> known;
  known.reserve(times.size());
  for (const double time : times) known.push_back(quantities(measured.at(time)));
  std::erase_if(known, [](const Vector<double>& row) { return row.size() == 0; });
  std::vector<Forecast> residuals;
  for (const SeedsOfTime& each : inner.seeds) {
    const double inner_gap = gap_inside(times, each.front()->hold_out, inner.ahead);
    residuals.push_back(forecast_of(each, measured, inner_gap, quantities));
  }
  std::erase_if(residuals, [](const Forecast& each) { return !each.is_known(); });
  return with_intervals(forecast, rows_of(known), residuals);
}

void count(const ForecastValues& values, Index j, Coverage& coverage) {
  ++coverage.told;
  coverage.within += values.low(j) <= values.measured(j) && values.measured(j) <= values.high(j) ? 1 : 0;
}

}  // namespace

std::vector<PopulationForecast> forecasts_of(const TimeCourse& data, const SuiteResult& result,
                                             const std::vector<InnerResult>& inner) {
  MeasuredByTime measured;
  for (const Snapshot& snapshot : data.snapshots)
    measured[snapshot.time] = composition_of(snapshot, std::ssize(data.type_names));
  const auto shares = [](const Composition& composition) { return composition.shares; };
  const auto genes = [&](const Composition& composition) -> Vector<double> {
    return data.gene_space.loadings.size() > 0 ? gene_means(data.gene_space, composition.mean)
                                               : Vector<double>();
  };
  std::vector<PopulationForecast> forecasts;
  for (const ScoredMethod& method : scored_methods(result.scores)) {
    for (const auto& [time, seeds] : method.by_time) {
      const InnerSeeds inside = inner_seeds(inner, method, time);
      PopulationForecast forecast{method.method, method.protocol, time,
                                  values_of(seeds, inside, measured, shares),
                                  values_of(seeds, inside, measured, genes)};
      if (forecast.shares && forecast.shares->low.size() > 0) {
        forecast.shares->low = forecast.shares->low.cwiseMax(0);
        forecast.shares->high = forecast.shares->high.cwiseMin(1);
      }
      if (forecast.shares || forecast.gene_means) forecasts.push_back(std::move(forecast));
    }
  }
  return forecasts;
}

void count_shares(const PopulationForecast& forecast, Coverage& coverage) {
  if (!forecast.shares) return;
  const ForecastValues& shares = *forecast.shares;
  for (Index j = 0; j < shares.low.size(); ++j)
    if (std::max(shares.predicted(j), shares.measured(j)) >= kSmallShare) count(shares, j, coverage);
}

void count_gene_means(const PopulationForecast& forecast, Coverage& coverage) {
  if (!forecast.gene_means) return;
  for (Index j = 0; j < forecast.gene_means->low.size(); ++j) count(*forecast.gene_means, j, coverage);
}

}  // namespace cellmnn
