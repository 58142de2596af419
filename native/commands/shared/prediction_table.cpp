#include "native/commands/shared/prediction_table.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "cellmnn/error.hpp"
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

std::vector<PositionsAtTime> predictions_at(const CellMnn& model, const CellBlock& cells,
                                            const std::vector<double>& times, Executor& executor) {
  const Paths paths = model.paths(cells.positions, cells.times, times, executor, FarAway::refuse, cells.rows);
  std::vector<PositionsAtTime> predictions;
  for (std::size_t t = 0; t < times.size(); ++t) {
    predictions.push_back({"_t" + number_text(times[t]), Vector<double>::Constant(cells.cells(), times[t]),
                           paths.positions.slice(static_cast<Index>(t)),
                           paths.weights_at(static_cast<Index>(t)), paths.sizes_at(static_cast<Index>(t))});
  }
  return predictions;
}

/// The cells of one time have their target time in common, so each time is predicted by itself.
PositionsAtTime prediction_ahead(const CellMnn& model, const CellBlock& cells, double ahead,
                                 Executor& executor) {
  PositionsAtTime prediction{"", cells.times.array() + ahead, cells.positions, {}, {}};
  if (model.config.mass) prediction.weights.resize(cells.cells());
  if (model.knows_sizes()) prediction.sizes.resize(cells.cells());
  std::map<double, std::vector<Index>> groups;
  for (Index i = 0; i < cells.cells(); ++i) groups[cells.times(i)].push_back(i);
  for (const auto& [time, group] : groups) {
    std::vector<Index> rows;
    for (const Index i : group) rows.push_back(cells.rows[static_cast<std::size_t>(i)]);
    const Matrix<float> positions = cells.positions(group, Eigen::all);
    const Vector<double> times = Vector<double>::Constant(positions.rows(), time);
    const Paths there = model.paths(positions, times, {time + ahead}, executor, FarAway::refuse, rows);
    prediction.positions(group, Eigen::all) = there.positions.slice(0);
    if (model.config.mass) prediction.weights(group) = there.weights_at(0);
    if (model.knows_sizes()) prediction.sizes(group) = there.sizes_at(0);
  }
  return prediction;
}

/// Of the cells of a table that are used.
class Part {
 public:
  explicit Part(const UsedCells& cells) : cells_(cells) {}

  Vector<double> of(const Vector<double>& values) const { return values(cells_.places); }
  Matrix<float> of(const Matrix<float>& values) const { return values(cells_.places, Eigen::all); }

 private:
  const UsedCells& cells_;
};

void keep_columns(const KeptColumns& kept, const UsedCells& cells, CellTable& table) {
  std::vector<std::ptrdiff_t> places;
  for (const Index place : cells.places)
    places.push_back(cells.block.rows[static_cast<std::size_t>(place)] - cells.rows.begin);
  for (const std::string& name : kept.names) {
    const auto is_own = [&](const auto& own) { return own.first == name; };
    if (std::any_of(table.columns.begin(), table.columns.end(), is_own)) continue;
    if (std::any_of(table.flags.begin(), table.flags.end(), is_own)) continue;
    table.labels.emplace_back(name, at_rows(kept.read(name, cells.rows), places));
  }
}

CellTable prediction_table(const CellMnn& model, const CellPasses& passes, const UsedCells& used,
                           const PredictionRequest& request, Executor& executor) {
  const CellBlock& cells = used.block;
  const std::vector<PositionsAtTime> predictions =
      request.ahead ? std::vector{prediction_ahead(model, cells, *request.ahead, executor)}
                    : predictions_at(model, cells, request.times, executor);
  const PositionsAtTime& first = predictions.front();
  const Part part(used);

  CellTable table;
  table.columns = {{"time", part.of(cells.times)}, {"predicted_time", part.of(first.times)}};
  if (model.knows_growth())
    table.columns.emplace_back("growth_cellmnn",
                               part.of(model.growth(cells.positions, cells.times, executor)));
  const std::string coordinates = name_of_coordinates(passes.file());
  if (coordinates != "X_cellmnn") table.arrays.emplace_back(coordinates, part.of(cells.positions));
  table.arrays.emplace_back("X_cellmnn", part.of(cells.positions));
  table.arrays.emplace_back("velocity_cellmnn",
                            part.of(model.velocity(cells.positions, cells.times, executor)));
  const auto add = [&](const PositionsAtTime& prediction, const std::string& name,
                       const std::string& suffix) {
    const Matrix<float> positions = part.of(prediction.positions);
    if (model.config.mass) table.columns.emplace_back("weight" + suffix, part.of(prediction.weights));
    if (model.knows_sizes()) table.columns.emplace_back("mass" + suffix, part.of(prediction.sizes));
    table.flags.emplace_back("extrapolated" + suffix, extrapolated(model, part.of(prediction.times)));
    table.flags.emplace_back("outside_data" + suffix, outside_data(passes.summary(), positions));
    table.arrays.emplace_back(name + suffix, positions);
  };
  add(first, "X_predicted", "");
  if (predictions.size() > 1) {
    for (const PositionsAtTime& prediction : predictions) add(prediction, "X_cellmnn", prediction.suffix);
  }
  keep_columns(request.kept, used, table);
  if (request.genes) {
    table.genes = model.gene_space.genes;
    table.expression = expression_of(model, part.of(first.positions));
  }
  return table;
}

}  // namespace

std::vector<bool> extrapolated(const CellMnn& model, const Vector<double>& times) {
  std::vector<bool> flags;
  for (const double time : times) flags.push_back(time < model.first_time() || time > model.last_time());
  return flags;
}

std::vector<bool> outside_data(const CellSummary& data, const Matrix<float>& positions) {
  const auto low = data.low().transpose().array(), high = data.high().transpose().array();
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

void write_predictions(const std::string& path, const CellMnn& model, CellPasses& cells,
                       const PredictionRequest& request, Executor& executor,
                       const std::function<void(const CellTable& part)>& see) {
  if (request.genes) require_gene_means(model);
  const std::unique_ptr<TableWriter> writer =
      table_writer(path, {cells.used(), cells.longest_name(), request.kept.labels});
  cells.for_each_block([&](const UsedCells& used) {
    CellTable table = prediction_table(model, cells, used, request, executor);
    table.names = cells.names(used);
    if (see) see(table);
    writer->add(table);
  });
  writer->finish();
}

}  // namespace cellmnn
