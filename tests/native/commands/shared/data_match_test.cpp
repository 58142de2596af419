#include "native/commands/shared/data_match.hpp"

#include <nlohmann/json.hpp>

#include "catch.hpp"

using namespace cellmnn;

namespace {

/// Cells of 3 dimensions and 2 genes at the times 0, 24 and 48, as labels "d0", "d1" and "d2".
DataFile small_file() {
  DataFile file;
  file.path = "data.h5ad";
  file.time_key = "day";
  file.embedding_key = "X_pca";
  for (int k = 0; k < 3; ++k) {
    Matrix<float> cells(4, 3);
    for (Index i = 0; i < cells.size(); ++i) {
      cells.data()[i] = static_cast<float>((7 * i + 5 * k) % 13) + (k == 0 ? 1.0F : 0.0F);
    }
    const std::string label = "d" + std::to_string(k);
    file.data.snapshots.push_back({24.0 * k, label, cells, {}});
    file.times.push_back({label, 24.0 * k, 4});
  }
  file.data.gene_space.genes = {"A", "B"};
  file.data.gene_space.loadings = Matrix<float>{{0.6F, 0.8F, 0}, {0.8F, -0.6F, 0}};
  return file;
}

CellMnn model_of(const DataFile& file) {
  CellMnn model;
  model.config.dims = 3;
  model.latent = whitening_of(file.data);
  model.gene_space = file.data.gene_space;
  for (const Snapshot& snapshot : file.data.snapshots) model.training_times.push_back(snapshot.time);
  return model;
}

/// What is said of data after change(file), to a model of data without the change.
template <typename Change>
std::string difference_after(const Change& change) {
  DataFile file = small_file();
  const CellMnn model = model_of(file);
  const KnownData known = known_data({{"data", data_provenance(file, file.data)}});
  change(file);
  return data_difference(model, known, file).value_or("");
}

void scale_times(DataFile& file, double factor) {
  for (Snapshot& snapshot : file.data.snapshots) snapshot.time *= factor;
  for (TimeLabel& label : file.times) {
    label.time *= factor;
    label.label = "h" + label.label;
  }
}

auto says(const std::string& part) { return Catch::Matchers::ContainsSubstring(part); }

}  // namespace

TEST_CASE("data of the training are such as those of the model", "[data match]") {
  CHECK(difference_after([](DataFile&) {}).empty());
  // Genes by another of their names, as ids and symbols.
  CHECK(difference_after([](DataFile& file) {
          file.data.gene_space.genes = {"ENSG00000000001", "B"};
          file.gene_sources.aliases = {"A", "B"};
        }).empty());
  // Without genes, and with another number of cells.
  CHECK(difference_after([](DataFile& file) {
          file.data.gene_space = {};
          file.data.snapshots[1].cells = Matrix<float>::Ones(9, 3);
        }).empty());
}

TEST_CASE("other genes are told", "[data match]") {
  CHECK_THAT(difference_after([](DataFile& file) {
               file.data.gene_space.genes = {"A", "C"};
             }),
             says("the first that differs is 'C', in the model 'B'"));
  CHECK_THAT(difference_after([](DataFile& file) {
               file.data.gene_space.genes = {"A"};
               file.data.gene_space.loadings = Matrix<float>{{0.6F, 0.8F, 0}};
             }),
             says("the data have 1 genes and the model 2"));
}

TEST_CASE("other loadings are told", "[data match]") {
  CHECK_THAT(difference_after([](DataFile& file) { file.data.gene_space.loadings.col(1) *= -1; }),
             says("component '2'"));
}

TEST_CASE("other times are told", "[data match]") {
  CHECK_THAT(difference_after([](DataFile& file) { scale_times(file, 1.0 / 24); }),
             says("its times 0, 1, 2 are not those of training, 0, 24, 48"));
  CHECK_THAT(difference_after([](DataFile& file) { scale_times(file, 60); }), says("not those of training"));
  CHECK_THAT(difference_after([](DataFile& file) { file.times[2].time = 2; }),
             says("the label 'd2' is time 2 here, but was 48"));
}

TEST_CASE("cells of one time need only be within the training, those held out may come after",
          "[data match]") {
  const auto only = [](double time) {
    return difference_after([&](DataFile& file) {
      file.data.snapshots = {{time, "x", Matrix<float>::Ones(5, 3), {}}};
      file.times = {{"x", time, 5}};
    });
  };
  CHECK(only(30).empty());
  CHECK_THAT(only(72), says("its times 72"));
  CHECK(difference_after([](DataFile& file) {
          file.data.snapshots.push_back({72, "d3", Matrix<float>::Ones(5, 3), {}});
        }).empty());
}

TEST_CASE("components that were computed anew are told although they have no genes", "[data match]") {
  CHECK_THAT(difference_after([](DataFile& file) {
               file.data.gene_space = {};
               for (Snapshot& snapshot : file.data.snapshots) snapshot.cells.col(2) *= -1;
             }),
             says("other coordinates: at time 0 the mean of dimension 3"));
}

TEST_CASE("a model that says nothing of its data takes all", "[data match]") {
  const DataFile file = small_file();
  CellMnn model = model_of(file);
  model.gene_space = {};
  DataFile other = small_file();
  scale_times(other, 7);
  CHECK_FALSE(data_difference(model, known_data(nlohmann::json::object()), other).has_value());
}

TEST_CASE("what a model says of its data is read as it was written", "[data match]") {
  DataFile file = small_file();
  file.time_unit = "h";
  const nlohmann::json data = data_provenance(file, file.data);
  const KnownData known = known_data({{"data", data}});
  CHECK(known.time_key == "day");
  CHECK(known.embedding_key == "X_pca");
  CHECK(known.time_unit == "h");
  CHECK(known.times == std::vector<double>{0, 24, 48});
  CHECK(known.cells == std::vector<Index>{4, 4, 4});
  CHECK(known.labels.at("d1") == 24);
  CHECK(known.centres.rows() == 3);
  CHECK(data.contains("gene_hash"));
  CHECK(data.contains("loadings_hash"));
  CHECK_FALSE(data.contains("mean_hash"));

  DataFile other = small_file();
  other.data.gene_space.loadings(0, 0) = 0.61F;
  CHECK(data_provenance(other, other.data).at("loadings_hash") != data.at("loadings_hash"));
  CHECK(data_provenance(other, other.data).at("gene_hash") == data.at("gene_hash"));
}
