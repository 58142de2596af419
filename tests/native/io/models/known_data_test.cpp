#include "native/io/models/known_data.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "native/commands/input/data_match.hpp"

using namespace cellmnn;

namespace {

/// Cells of 2 dimensions and 2 genes at the times 0 and 24, in hours.
DataFile small_file() {
  DataFile file;
  file.path = "data.h5ad";
  file.time_key = "day";
  file.embedding_key = "X_pca";
  file.time_unit = "h";
  for (int k = 0; k < 2; ++k) {
    const std::string label = "d" + std::to_string(k);
    Matrix<float> cells{{1, 2}, {3, 5}, {static_cast<float>(k), 4}};
    file.data.snapshots.push_back({24.0 * k, label, std::move(cells), {}});
    file.times.push_back({label, 24.0 * k, 3});
  }
  file.data.gene_space.genes = {"A", "B"};
  file.data.gene_space.loadings = Matrix<float>{{0.6F, 0.8F}, {0.8F, -0.6F}};
  return file;
}

}  // namespace

TEST_CASE("what a model says of its data is read as it was written", "[known data]") {
  const DataFile file = small_file();
  const nlohmann::json data = data_provenance(file, file.data);
  const KnownFile known = known_data({{"data", data}});
  CHECK(known.time_key == "day");
  CHECK(known.embedding_key == "X_pca");
  CHECK(known.time_unit == "h");
  CHECK(known.times == std::vector<double>{0, 24});
  CHECK(known.cells == std::vector<Index>{3, 3});
  CHECK(known.labels.at("d1") == 24);
  CHECK(known.centres.rows() == 2);
  CHECK(data.contains("gene_hash"));
  CHECK(data.contains("loadings_hash"));
  CHECK_FALSE(data.contains("mean_hash"));

  DataFile other = small_file();
  other.data.gene_space.loadings(0, 0) = 0.61F;
  CHECK(data_provenance(other, other.data).at("loadings_hash") != data.at("loadings_hash"));
  CHECK(data_provenance(other, other.data).at("gene_hash") == data.at("gene_hash"));
}

TEST_CASE("a file that differs from the training's is told with a way out", "[known data]") {
  DataFile file = small_file();
  CellMnn model;
  model.latent = whitening_of(file.data);
  const KnownFile known = known_data({{"data", data_provenance(file, file.data)}});
  file.time_unit = "hours";
  CHECK_FALSE(file_difference(model, known, file, {model.latent, file.data}).has_value());
  file.time_unit = "days";
  CHECK_THAT(file_difference(model, known, file, {model.latent, file.data}).value_or(""),
             Catch::Matchers::ContainsSubstring("(1 days = 24 h)") &&
                 Catch::Matchers::ContainsSubstring("--time-unit h"));
}
