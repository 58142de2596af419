#include "cellmnn/data_match.hpp"

#include "catch.hpp"

using namespace cellmnn;

namespace {

struct Given {
  TimeCourse data;
  DataNames names;
};

/// Cells of 3 dimensions and 2 genes at the times 0, 24 and 48, as labels "d0", "d1" and "d2".
Given small_course() {
  Given given;
  for (int k = 0; k < 3; ++k) {
    Matrix<float> cells(4, 3);
    for (Index i = 0; i < cells.size(); ++i) {
      cells.data()[i] = static_cast<float>((7 * i + 5 * k) % 13) + (k == 0 ? 1.0F : 0.0F);
    }
    const std::string label = "d" + std::to_string(k);
    given.data.snapshots.push_back({24.0 * k, label, cells, {}});
    given.names.labels.emplace(label, 24.0 * k);
  }
  given.names.time_unit = "h";
  given.data.gene_space.genes = {"A", "B"};
  given.data.gene_space.loadings = Matrix<float>{{0.6F, 0.8F, 0}, {0.8F, -0.6F, 0}};
  return given;
}

CellMnn model_of(const TimeCourse& data) {
  CellMnn model;
  model.config.dims = 3;
  model.latent = whitening_of(data);
  model.gene_space = data.gene_space;
  return model;
}

KnownData known_of(const Given& given) {
  KnownData known{given.names.time_unit, given.names.labels, {}, {}, Matrix<double>(3, 3)};
  for (const Snapshot& snapshot : given.data.snapshots) {
    known.centres.row(static_cast<Index>(known.times.size())) =
        snapshot.cells.cast<double>().colwise().mean();
    known.times.push_back(snapshot.time);
    known.cells.push_back(snapshot.cells.rows());
  }
  return known;
}

/// What is said of data after change(data), to a model of data without the change.
template <typename Change>
std::optional<DataDifference> difference_after(const Change& change) {
  Given given = small_course();
  const CellMnn model = model_of(given.data);
  const KnownData known = known_of(given);
  change(given);
  return data_difference(model, known, given.data.gene_space, {model.latent, given.data}, given.names);
}

template <typename Change>
void tells(DataPart part, const std::string& clause, const Change& change) {
  const std::optional<DataDifference> found = difference_after(change);
  REQUIRE(found.has_value());
  CHECK(found->part == part);
  CHECK_THAT(found->text, Catch::Matchers::ContainsSubstring(clause));
}

void scale_times(Given& given, double factor) {
  for (Snapshot& snapshot : given.data.snapshots) snapshot.time *= factor;
  given.names.labels.clear();
}

}  // namespace

TEST_CASE("data of the training are such as those of the model", "[data match]") {
  CHECK_FALSE(difference_after([](Given&) {}).has_value());
  // Genes by another of their names, as ids and symbols.
  CHECK_FALSE(difference_after([](Given& given) {
                given.data.gene_space.genes = {"ENSG00000000001", "B"};
                given.names.gene_aliases = {"A", "B"};
              }).has_value());
  // Without genes and unit, and with another number of cells.
  CHECK_FALSE(difference_after([](Given& given) {
                given.data.gene_space = {};
                given.names.time_unit = "";
                given.data.snapshots[1].cells = Matrix<float>::Ones(9, 3);
              }).has_value());
}

TEST_CASE("other genes are told", "[data match]") {
  tells(DataPart::genes, "the first that differs is 'C', in the model 'B'", [](Given& given) {
    given.data.gene_space.genes = {"A", "C"};
  });
  tells(DataPart::genes, "the data have 1 genes and the model 2", [](Given& given) {
    given.data.gene_space.genes = {"A"};
    given.data.gene_space.loadings = Matrix<float>{{0.6F, 0.8F, 0}};
  });
}

TEST_CASE("other loadings are told", "[data match]") {
  tells(DataPart::loadings, "of component 2 are not",
        [](Given& given) { given.data.gene_space.loadings.col(1) *= -1; });
}

TEST_CASE("other units, labels and times are told", "[data match]") {
  tells(DataPart::time_unit, "in d, but those of training in h",
        [](Given& given) { given.names.time_unit = "d"; });
  tells(DataPart::labels, "the label 'd2' is time 2 here, but was 48",
        [](Given& given) { given.names.labels["d2"] = 2; });
  tells(DataPart::times, "its times 0, 1, 2 are not those of training, 0, 24, 48",
        [](Given& given) { scale_times(given, 1.0 / 24); });
  tells(DataPart::times, "not those of training", [](Given& given) { scale_times(given, 60); });
}

TEST_CASE("cells of one time need only be within the training, those held out may come after",
          "[data match]") {
  const auto only = [](double time) {
    return [time](Given& given) {
      given.data.snapshots = {{time, "x", Matrix<float>::Ones(5, 3), {}}};
      given.names.labels = {{"x", time}};
    };
  };
  CHECK_FALSE(difference_after(only(30)).has_value());
  tells(DataPart::times, "its times 72", only(72));
  CHECK_FALSE(difference_after([](Given& given) {
                given.data.snapshots.push_back({72, "d3", Matrix<float>::Ones(5, 3), {}});
              }).has_value());
}

TEST_CASE("components that were computed anew are told although they have no genes", "[data match]") {
  tells(DataPart::coordinates, "other coordinates: at time 0 the mean of dimension 3", [](Given& given) {
    given.data.gene_space = {};
    for (Snapshot& snapshot : given.data.snapshots) snapshot.cells.col(2) *= -1;
  });
}

TEST_CASE("a model that says nothing of its data takes all", "[data match]") {
  Given given = small_course();
  CellMnn model = model_of(given.data);
  model.gene_space = {};
  scale_times(given, 7);
  CHECK_FALSE(
      data_difference(model, {}, given.data.gene_space, {model.latent, given.data}, given.names).has_value());
}

TEST_CASE("cells far outside of those of training are told", "[data match]") {
  Given given = small_course();
  const LatentSpace latent = whitening_of(given.data);
  CHECK_FALSE(coordinates_far_outside({latent, given.data}).has_value());
  given.data.snapshots[2].cells.col(1).array() += 1000;
  const std::optional<std::string> doubt = coordinates_far_outside({latent, given.data});
  REQUIRE(doubt.has_value());
  CHECK_THAT(*doubt, Catch::Matchers::ContainsSubstring("33 % of its cells") &&
                         Catch::Matchers::ContainsSubstring("in dimension 2"));
}
