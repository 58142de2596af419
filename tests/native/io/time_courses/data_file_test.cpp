/// read_data() as a whole, and on real files.
#include "native/io/time_courses/data_file.hpp"

#include <cstdlib>
#include <filesystem>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/h5ad/h5ad_matrix.hpp"
#include "native/io/time_courses/time_column.hpp"
#include "native/temp_folder.hpp"
#include "shared_files.hpp"

using namespace cellmnn;

namespace {

std::vector<std::pair<double, Index>> cells_per_time(const DataFile& file) {
  std::vector<std::pair<double, Index>> result;
  for (const Snapshot& snapshot : file.data.snapshots)
    result.emplace_back(snapshot.time, snapshot.cells.rows());
  return result;
}

/// The cells per time of a file whether it has an embedding or not.
std::vector<std::pair<double, Index>> times_of_obs(const std::string& path) {
  const H5adFrame obs(hdf5::Node::open(path), "obs");
  const TimeCandidates candidates{path, "obs column", obs.columns(),
                                  [&](const std::string& name) { return obs.column(name); }};
  DataFile file;
  sort_into_snapshots(find_time_column(candidates, {}), file);
  std::vector<std::pair<double, Index>> result;
  for (const TimeLabel& label : file.times) result.emplace_back(label.time, label.cells);
  return result;
}

DataOptions five_dims() {
  DataOptions options;
  options.dims = 5;
  return options;
}

using Times = std::vector<std::pair<double, Index>>;

}  // namespace

TEST_CASE("the ending names the format", "[data]") {
  const TempFolder folder;
  const std::string table = "day\ta\n0\t1.5\n1\t2\n";
  for (const char* name : {"t.csv", "t.TSV", "t.txt"})
    CHECK(read_data(folder.write(name, table), {}).format == "csv");
  CHECK_THROWS_MATCHES(
      read_data(folder.write("t.parquet", "x"), {}), Error,
      error_with(ErrorCode::bad_input, {"t.parquet", "unknown ending", ".h5ad, .npz, .csv"}));
  CHECK_THROWS_MATCHES(read_data(folder.file("none.npz"), {}), Error,
                       error_with(ErrorCode::bad_input, {"none.npz", "no such file"}));
  CHECK_THROWS_MATCHES(read_data(folder.write("t.npz", table), {}), Error,
                       error_with(ErrorCode::bad_input, {"t.npz", "zip archive"}));
  CHECK_THROWS_MATCHES(read_data("/dev/null", {}), Error, error_with(ErrorCode::bad_input, {"/dev/null"}));
}

TEST_CASE("raw counts are recognised", "[data]") {
  const TempFolder folder;
  const auto warnings = [&](const std::string& table) {
    return read_data(folder.write("t.csv", table), {}).warnings;
  };
  const std::vector<std::string> found = warnings("day,a,b\n0,0,51\n1,3,7\n");
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0], Catch::Matchers::ContainsSubstring("raw counts"));
  CHECK(warnings("day,a,b\n0,0,50\n1,3,7\n").empty());
  CHECK(warnings("day,a,b\n0,0,51.5\n1,3,7\n").empty());
  CHECK(warnings("day,a,b\n0,0,51\n1,-3,7\n").empty());
}

TEST_CASE("EB: npz and h5ad hold the same cells", "[data][real]") {
  const auto npz_path = data_file("eb_pcs.npz"), h5ad_path = data_file("eb.h5ad");
  if (!npz_path || !h5ad_path) return;
  const DataFile npz = read_data(*npz_path, five_dims()), h5ad = read_data(*h5ad_path, five_dims());
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

TEST_CASE("LARRY: days, cells and expression", "[data][real]") {
  const auto path = data_file("larry.h5ad");
  if (!path) return;
  DataOptions options = five_dims();
  options.expression = true;
  const DataFile file = read_data(*path, options);
  CHECK(cells_per_time(file) == Times{{2, 34}, {4, 316}, {6, 431}});
  CHECK(file.available_dims == 40);
  CHECK(file.genes.size() == 2481);
  double sum = 0;
  for (const Snapshot& snapshot : file.data.snapshots) sum += snapshot.expression.cast<double>().sum();
  CHECK_THAT(sum, Catch::Matchers::WithinRel(7.81e6, 1e-6));  // 781 cells of 10,000 each
}

TEST_CASE("times of files without an embedding", "[data][real]") {
  const auto check = [](const char* name, const Times& expected) {
    const auto path = data_file(name);
    if (!path) return;
    INFO(name);
    CHECK(times_of_obs(*path) == expected);
    CHECK_THROWS_MATCHES(read_data(*path, {}), Error,
                         error_with(ErrorCode::bad_input, {name, "no embedding"}));
  };
  check("hsmm.h5ad", {{0, 69}, {24, 74}, {48, 79}, {72, 49}});
  check("chu_hesc.h5ad", {{0, 92}, {12, 102}, {24, 66}, {36, 172}, {72, 138}, {96, 188}});
  check("mdc_lps.h5ad", {{1, 96}, {2, 96}, {4, 95}, {6, 96}});
  check("moscot_temporal_tests.h5ad", {{10, 85}, {10.5, 81}, {11, 84}});
}

TEST_CASE("expression of real files, dense and sparse", "[data][real]") {
  const auto check = [](const char* name, Index rows, Index columns) {
    const auto path = data_file(name);
    if (!path) return;
    INFO(name);
    const hdf5::Node x = hdf5::Node::open(*path).at("X");
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

/// Files that tests/cli/make_h5ad.py has written by anndata and h5py: 12 cells, value 10 cell + component of
/// three components, days 0, 1.5 and 3 in turn; where there is expression, (7 cell + 3 gene) mod 5 of four
/// genes.
TEST_CASE("encodings written by anndata and h5py", "[data][fixtures]") {
  const char* folder = std::getenv("CELLMNN_H5AD_FIXTURES");
  if (folder == nullptr) {
    WARN("skipped: CELLMNN_H5AD_FIXTURES is not set to the output of tests/cli/make_h5ad.py");
    return;
  }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".h5ad") continue;
    ++files;
    INFO(entry.path().filename());
    DataOptions options;
    options.expression = true;
    const DataFile file = read_data(entry.path(), options);
    CHECK(file.time_key == "day");
    REQUIRE(file.names.size() == 12);
    CHECK(file.names[11] == "cell11");
    CHECK(cells_per_time(file) == Times{{0, 4}, {1.5, 4}, {3, 4}});
    for (std::size_t k = 0; k < 3; ++k) {
      for (std::size_t n = 0; n < 4; ++n) {
        const auto cell = static_cast<Index>(k + 3 * n);
        REQUIRE(file.rows[k][n] == cell);
        const Snapshot& snapshot = file.data.snapshots[k];
        const auto row = static_cast<Index>(n);
        for (Index d = 0; d < 3; ++d) CHECK(snapshot.cells(row, d) == static_cast<float>(10 * cell + d));
        for (Index g = 0; g < snapshot.expression.cols(); ++g) {
          CHECK(snapshot.expression(row, g) == static_cast<float>((7 * cell + 3 * g) % 5));
        }
      }
    }
    const bool has_genes = !file.genes.empty();
    CHECK(file.data.snapshots[0].expression.cols() == (has_genes ? 4 : 0));
    if (has_genes) CHECK(file.genes[3] == "gene3");
  }
  CHECK(files >= 15);
}
