/// Predictions written block by block are those of all cells at once.
#include "native/commands/shared/cell_passes.hpp"

#include <algorithm>

#include "catch.hpp"
#include "cellmnn/error.hpp"
#include "cellmnn/rng.hpp"
#include "error_matcher.hpp"
#include "native/commands/shared/prediction_table.hpp"
#include "native/io/files/input_file.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

constexpr Index kCells = 700, kDims = 2;

Matrix<float> random_matrix(Index rows, Index columns, std::uint64_t seed, double scale = 1) {
  Rng rng(seed);
  Matrix<float> values(rows, columns);
  for (float& value : values.reshaped()) value = static_cast<float>(scale * rng.normal());
  return values;
}

CellMnn random_model() {
  CellMnn model;
  model.config.dims = kDims;
  model.config.width = 8;
  model.config.depth = 1;
  model.latent = {Vector<double>::Zero(kDims), Vector<double>::Ones(kDims)};
  model.training_times = {0, 1, 2};
  model.parameters = random_matrix(parameter_count(model.config), 1, 1, 0.35);
  return model;
}

CellTable cells() {
  CellTable table;
  table.arrays = {{"X_pca", random_matrix(kCells, kDims, 2)}};
  Vector<double> times(kCells);
  std::vector<std::string> kinds;
  for (Index i = 0; i < kCells; ++i) {
    times(i) = static_cast<double>((i * i) % 7 % 3);
    table.names.push_back("cell" + std::to_string(i));
    kinds.push_back(i % 5 == 0 ? "" : "kind" + std::to_string(i % 3));
  }
  table.columns = {{"day", times}};
  table.labels = {{"kind", label_column(kinds)}};
  return table;
}

std::string predicted(const std::string& data, const std::string& output, PassOptions options) {
  const CellMnn model = random_model();
  const std::unique_ptr<CellSource> source = open_cells(data, {});
  options.longest_name = true;
  CellPasses passes(*source, model.latent, options);
  PredictionRequest request;
  request.times = {1.5, 1};
  SerialExecutor executor;
  write_predictions(output, model, passes, request, executor);
  return read_file(output);
}

}  // namespace

TEST_CASE("predictions do not depend on blocks", "[cell passes]") {
  const TempFolder folder;
  const std::string data = folder.file(GENERATE("data.npz", "data.h5ad", "data.csv"));
  const std::string ending = GENERATE(".npz", ".csv");
  write_table(data, cells());
  PassOptions whole;
  whole.all_at_once = true;
  const std::string expected = predicted(data, folder.file("whole" + ending), whole);
  for (const Index block_rows : {1, 10, 48, 333, 5000}) {
    PassOptions blocks;
    blocks.block_rows = block_rows;
    INFO(data << " " << block_rows);
    CHECK((predicted(data, folder.file("blocks" + ending), blocks) == expected));
  }
}

TEST_CASE("rows are predicted as among all cells", "[cell passes]") {
  const TempFolder folder;
  const std::string data = folder.file("data.npz");
  write_table(data, cells());
  const std::string expected = predicted(data, folder.file("whole.csv"), {});
  std::string joined;
  for (const RowRange rows : {RowRange{0, 100}, RowRange{100, 101}, RowRange{101, kCells}}) {
    PassOptions part;
    part.rows = rows;
    part.block_rows = 64;
    const std::string text = predicted(data, folder.file("part.csv"), part);
    joined += joined.empty() ? text : text.substr(text.find('\n') + 1);
  }
  CHECK((joined == expected));
  PassOptions beyond;
  beyond.rows = {0, kCells + 1};
  CHECK_THROWS_MATCHES(predicted(data, folder.file("part.csv"), beyond), Error,
                       error_with(ErrorCode::bad_input, {"700 cells", "0:701"}));
}

TEST_CASE("values that are not finite are refused before any is used", "[cell passes]") {
  const TempFolder folder;
  const std::string data = folder.file("data.npz");
  CellTable table = cells();
  table.arrays[0].second(650, 1) = std::nanf("");
  write_table(data, table);
  CHECK_THROWS_MATCHES(predicted(data, folder.file("out.csv"), {}), Error,
                       error_with(ErrorCode::bad_input, {"data.npz", "1 of", "not finite", "dimension 1"}));
  CHECK(folder.names() == std::vector<std::string>{"data.npz"});
}
