/// read_data() as a whole.
#include "native/io/time_courses/data_file.hpp"

#include <filesystem>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

std::vector<std::pair<double, Index>> cells_per_time(const DataFile& file) {
  std::vector<std::pair<double, Index>> result;
  for (const Snapshot& snapshot : file.data.snapshots)
    result.emplace_back(snapshot.time, snapshot.cells.rows());
  return result;
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

/// Files that tests/cli/make_h5ad.py has written by anndata and h5py: 12 cells, value 10 cell + component of
/// three components, days 0, 1.5 and 3 in turn; where there is expression, (7 cell + 3 gene) mod 5 of four
/// genes.
TEST_CASE("encodings written by anndata and h5py", "[data][fixtures]") {
  const std::filesystem::path folder = CELLMNN_H5AD_FIXTURES;
  if (!std::filesystem::exists(folder)) FAIL(folder << " is missing: the test make-h5ad of ctest writes it");
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
