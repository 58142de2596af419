/// Time courses that others have published. They are not part of the project: CELLMNN_DATA is their folder.
#include <cstdlib>
#include <filesystem>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/io/time_courses/time_column.hpp"

using namespace cellmnn;

namespace {

using Times = std::vector<std::pair<double, Index>>;

std::string real_data(const std::string& name) {
  const char* folder = std::getenv("CELLMNN_DATA");
  if (folder == nullptr) FAIL("CELLMNN_DATA is not set to the folder of " << name);
  std::string path = std::string(folder) + "/" + name;
  if (!std::filesystem::exists(path)) FAIL("the real data " << path << " are missing");
  return path;
}

Times cells_per_time(const DataFile& file) {
  Times result;
  for (const Snapshot& snapshot : file.data.snapshots)
    result.emplace_back(snapshot.time, snapshot.cells.rows());
  return result;
}

/// The cells per time of a file whether it has an embedding or not.
Times times_of_obs(const std::string& path) {
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  const TimeCandidates candidates{path, "obs column", obs.columns(),
                                  [&](const std::string& name) { return obs.column(name); }};
  DataFile file;
  make_snapshots(find_time_column(candidates, {}), file);
  Times result;
  for (const TimeLabel& label : file.times) result.emplace_back(label.time, label.cells);
  return result;
}

DataOptions five_dims() {
  DataOptions options;
  options.dims = 5;
  return options;
}

}  // namespace

TEST_CASE("EB: npz and h5ad hold the same cells", "[.real]") {
  const DataFile npz = read_data(real_data("eb_pcs.npz"), five_dims());
  const DataFile h5ad = read_data(real_data("eb.h5ad"), five_dims());
  const Times expected = {{0, 2381}, {1, 4163}, {2, 3278}, {3, 3665}, {4, 3332}};
  CHECK(cells_per_time(npz) == expected);
  CHECK(cells_per_time(h5ad) == expected);
  CHECK(npz.available_dims == 100);
  CHECK(h5ad.available_dims == 50);
  CHECK(h5ad.times[4].label == "day24-30");
  CHECK(h5ad.warnings.size() == 1);
  CHECK(fingerprint(npz.data) == fingerprint(h5ad.data));
  const LatentSpace latent = whitening_of(npz.data);
  CHECK_THAT(latent.mean(0), Catch::Matchers::WithinRel(52.15457, 1e-6));
  CHECK_THAT(latent.std(4), Catch::Matchers::WithinRel(3.37244, 1e-5));
}

TEST_CASE("LARRY: days, cells and expression", "[.real]") {
  DataOptions options = five_dims();
  options.expression = true;
  const DataFile file = read_data(real_data("larry.h5ad"), options);
  CHECK(cells_per_time(file) == Times{{2, 34}, {4, 316}, {6, 431}});
  CHECK(file.available_dims == 40);
  CHECK(file.genes.size() == 2481);
  double sum = 0;
  for (const Snapshot& snapshot : file.data.snapshots) sum += snapshot.expression.cast<double>().sum();
  CHECK_THAT(sum, Catch::Matchers::WithinRel(7.81e6, 1e-6));  // 781 cells of 10,000 each
}

TEST_CASE("times of files without an embedding", "[.real]") {
  const auto check = [](const char* name, const Times& expected) {
    INFO(name);
    const std::string path = real_data(name);
    CHECK(times_of_obs(path) == expected);
    CHECK_THROWS_MATCHES(read_data(path, {}), Error,
                         error_with(ErrorCode::bad_input, {name, "no embedding"}));
  };
  check("hsmm.h5ad", {{0, 69}, {24, 74}, {48, 79}, {72, 49}});
  check("chu_hesc.h5ad", {{0, 92}, {12, 102}, {24, 66}, {36, 172}, {72, 138}, {96, 188}});
  check("mdc_lps.h5ad", {{1, 96}, {2, 96}, {4, 95}, {6, 96}});
  check("moscot_temporal_tests.h5ad", {{10, 85}, {10.5, 81}, {11, 84}});
}

TEST_CASE("expression of real files, dense and sparse", "[.real]") {
  const auto check = [](const char* name, Index rows, Index columns) {
    INFO(name);
    const std::string path = real_data(name);
    const hdf5::Node x = hdf5::Node::open(path).at("X");
    REQUIRE(matrix_shape(x).rows == rows);
    REQUIRE(matrix_shape(x).columns == columns);
    Matrix<float> values = Matrix<float>::Zero(rows, columns);
    std::vector<float*> targets;
    for (auto row : values.rowwise()) targets.push_back(row.data());
    read_matrix(x, columns, targets);
    CHECK(values.allFinite());
    CHECK(values.minCoeff() >= 0);
    CHECK(values.maxCoeff() > 1);
  };
  check("hsmm.h5ad", 271, 15767);
  check("chu_hesc.h5ad", 758, 100);
  check("moscot_temporal_tests.h5ad", 250, 1479);
}
