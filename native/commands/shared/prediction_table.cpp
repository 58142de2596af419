#include "native/commands/shared/prediction_table.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "cellmnn/error.hpp"
#include "native/commands/shared/cells_in_order.hpp"
#include "native/io/files/text.hpp"

namespace cellmnn {
namespace {

/// "X_pca" for coordinates whose key says nothing of what they are.
std::string name_of_coordinates(const DataFile& file) {
  return file.embedding_key.starts_with("X_") ? file.embedding_key : "X_pca";
}

/// Where the cells are at one moment.
struct PositionsAtTime {
  std::string suffix;    // of the names in the table
  Vector<double> times;  // (N)
  Matrix<float> positions;
  Vector<double> weights, sizes;  // (N) of Paths, or empty
};

std::vector<PositionsAtTime> predictions_at(const CellMnn& model, const CellsInOrder& cells,
                                            const std::vector<double>& times, Executor& executor) {
  const Paths paths = model.paths(cells.positions, cells.times, times, executor);
  std::vector<PositionsAtTime> predictions;
  for (std::size_t t = 0; t < times.size(); ++t) {
    predictions.push_back({"_t" + number_text(times[t]),
                           Vector<double>::Constant(cells.times.size(), times[t]),
                           paths.positions.slice(static_cast<Index>(t)),
                           paths.weights_at(static_cast<Index>(t)), paths.sizes_at(static_cast<Index>(t))});
  }
  return predictions;
}

/// The cells of a snapshot have their target time in common, so each snapshot is predicted by itself.
PositionsAtTime prediction_ahead(const CellMnn& model, const CellsInOrder& cells, const TimeCourse& data,
                                 double ahead, Executor& executor) {
  PositionsAtTime prediction{"", cells.times.array() + ahead, cells.positions, {}, {}};
  if (model.config.mass) prediction.weights.resize(cells.times.size());
  if (model.knows_sizes()) prediction.sizes.resize(cells.times.size());
  for (const Snapshot& snapshot : data.snapshots) {
    std::vector<Index> group;
    for (Index i = 0; i < cells.times.size(); ++i) {
      if (cells.times(i) == snapshot.time) group.push_back(i);
    }
    if (group.empty()) continue;
    const Matrix<float> positions = cells.positions(group, Eigen::all);
    const Vector<double> times = Vector<double>::Constant(positions.rows(), snapshot.time);
    const Paths there = model.paths(positions, times, {snapshot.time + ahead}, executor);
    prediction.positions(group, Eigen::all) = there.positions.slice(0);
    if (model.config.mass) prediction.weights(group) = there.weights_at(0);
    if (model.knows_sizes()) prediction.sizes(group) = there.sizes_at(0);
  }
  return prediction;
}

}  // namespace

std::vector<bool> extrapolated(const CellMnn& model, const Vector<double>& times) {
  std::vector<bool> flags;
  for (const double time : times) flags.push_back(time < model.first_time() || time > model.last_time());
  return flags;
}

std::vector<bool> outside_data(const TimeCourse& data, const Matrix<float>& positions) {
  Eigen::Array<float, 1, Eigen::Dynamic> low = data.snapshots.front().cells.colwise().minCoeff();
  Eigen::Array<float, 1, Eigen::Dynamic> high = data.snapshots.front().cells.colwise().maxCoeff();
  for (const Snapshot& snapshot : data.snapshots) {
    low = low.min(snapshot.cells.colwise().minCoeff().array());
    high = high.max(snapshot.cells.colwise().maxCoeff().array());
  }
  std::vector<bool> flags;
  for (Index i = 0; i < positions.rows(); ++i) {
    const auto x = positions.row(i).array();
    flags.push_back((x < low).any() || (x > high).any());
  }
  return flags;
}

void require_gene_means(const CellMnn& model) {
  if (model.gene_space.mean.size() > 0) return;
  throw Error(
      ErrorCode::bad_input,
      "--genes needs a model that knows genes, but this one was trained on data without their loadings "
      "(varm['PCs']) and mean (uns['pca_mean'] or X)");
}

Matrix<float> expression_of(const CellMnn& model, const Matrix<float>& positions) {
  return (positions * model.gene_space.loadings.transpose()).rowwise() + model.gene_space.mean.transpose();
}

CellTable prediction_table(const CellMnn& model, const DataFile& file, const PredictionRequest& request,
                           Executor& executor) {
  if (request.genes) require_gene_means(model);
  const CellsInOrder cells = cells_in_order(file, request.from);
  const std::vector<PositionsAtTime> predictions =
      request.ahead ? std::vector{prediction_ahead(model, cells, file.data, *request.ahead, executor)}
                    : predictions_at(model, cells, request.times, executor);
  const PositionsAtTime& first = predictions.front();

  CellTable table;
  for (const Index row : cells.rows) table.names.push_back(cell_name(file, row));
  table.columns = {{"time", cells.times}, {"predicted_time", first.times}};
  if (model.knows_growth())
    table.columns.emplace_back("growth_cellmnn", model.growth(cells.positions, cells.times, executor));
  const std::string coordinates = name_of_coordinates(file);
  if (coordinates != "X_cellmnn") table.arrays.emplace_back(coordinates, cells.positions);
  table.arrays.emplace_back("X_cellmnn", cells.positions);
  table.arrays.emplace_back("velocity_cellmnn", model.velocity(cells.positions, cells.times, executor));
  const auto add = [&](const PositionsAtTime& prediction, const std::string& name,
                       const std::string& suffix) {
    table.arrays.emplace_back(name + suffix, prediction.positions);
    if (model.config.mass) table.columns.emplace_back("weight" + suffix, prediction.weights);
    if (model.knows_sizes()) table.columns.emplace_back("mass" + suffix, prediction.sizes);
    table.flags.emplace_back("extrapolated" + suffix, extrapolated(model, prediction.times));
    table.flags.emplace_back("outside_data" + suffix, outside_data(file.data, prediction.positions));
  };
  add(first, "X_predicted", "");
  if (predictions.size() > 1) {
    for (const PositionsAtTime& prediction : predictions) add(prediction, "X_cellmnn", prediction.suffix);
  }
  for (const auto& [name, column] : request.labels) {
    const auto is_own = [&label = name](const auto& own) { return own.first == label; };
    if (std::any_of(table.columns.begin(), table.columns.end(), is_own)) continue;
    if (std::any_of(table.flags.begin(), table.flags.end(), is_own)) continue;
    table.labels.emplace_back(name, at_rows(column, {cells.rows.begin(), cells.rows.end()}));
  }
  if (request.genes) {
    table.genes = model.gene_space.genes;
    table.expression = expression_of(model, first.positions);
  }
  return table;
}

}  // namespace cellmnn
