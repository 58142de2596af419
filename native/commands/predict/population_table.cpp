#include "native/commands/predict/population_table.hpp"

#include <string>
#include <utility>

#include "native/commands/shared/prediction_table.hpp"
#include "native/runtime/vectors.hpp"

namespace cellmnn {
namespace {

/// Rows of all populations one below the other.
struct PopulationRows {
  std::vector<double> times, weights;
  std::vector<std::string> before, after;
  std::vector<Matrix<float>> points;

  void add(const DataFile& file, const Population& population, double time) {
    const auto count = static_cast<std::size_t>(population.points.rows());
    times.insert(times.end(), count, time);
    weights.insert(weights.end(), population.weights.begin(), population.weights.end());
    for (std::size_t i = 0; i < count; ++i) {
      before.push_back(cell_name(file, population.before, population.sources[i]));
      after.push_back(population.targets.empty() ? ""
                                                 : cell_name(file, population.after, population.targets[i]));
    }
    points.push_back(population.points);
  }

  Matrix<float> all_points() const {
    Matrix<float> all(static_cast<Index>(times.size()), points.front().cols());
    Index row = 0;
    for (const Matrix<float>& part : points) {
      all.middleRows(row, part.rows()) = part;
      row += part.rows();
    }
    return all;
  }
};

}  // namespace

CellTable population_table(const CellMnn& forward, const std::optional<CellMnn>& reversed,
                           const DataFile& file, const PopulationRequest& request, Executor& executor) {
  if (request.genes) require_gene_means(forward);
  const auto population_at = [&](double time) {
    if (reversed)
      return TwoSidedModel{forward, *reversed}.population(file.data, time, request.between, request.seed,
                                                          executor);
    const double from = request.from.value_or(time_before(forward, time));
    return population_ahead(forward, file.data, from, time, executor);
  };
  PopulationRows rows;
  for (std::size_t k = 0; k < request.times.size(); ++k) {
    const double time = request.times[k];
    Population population = population_at(time);
    if (request.resample) population = resampled(population, *request.resample, request.seed, k);
    rows.add(file, population, time);
  }
  CellTable table;
  const Matrix<float> points = rows.all_points();
  const Vector<double> times = to_vector(rows.times);
  table.columns = {{"predicted_time", times}, {"weight", to_vector(rows.weights)}};
  table.flags = {{"extrapolated", extrapolated(forward, times)},
                 {"outside_data", outside_data({forward.latent, file.data}, points)}};
  table.labels = {{"cell_before", label_column(rows.before)}, {"cell_after", label_column(rows.after)}};
  if (request.genes) {
    table.genes = forward.gene_space.genes;
    table.expression = expression_of(forward, points);
  }
  table.arrays.emplace_back("X_predicted", points);
  return table;
}

}  // namespace cellmnn
