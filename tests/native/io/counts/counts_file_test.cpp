#include "native/io/counts/counts_file.hpp"

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

CountsFile counts_of(const TempFolder& folder, const std::string& csv, const std::string& obs = "") {
  CountsOptions options;
  options.quiet = true;
  if (!obs.empty()) options.obs = folder.write("obs.csv", obs);
  return read_counts(folder.write("counts.csv", csv), options);
}

auto bad_input(std::vector<std::string> parts) { return error_with(ErrorCode::bad_input, std::move(parts)); }

}  // namespace

TEST_CASE("a csv has genes, and times where it has no other table of cells", "[counts]") {
  const TempFolder folder;
  const CountsFile file = counts_of(folder, "cell,day,Jun,Fos\nx,d1,0,2\ny,d2,3,0\n");
  CHECK(file.cells == std::vector<std::string>{"x", "y"});
  CHECK(file.genes == std::vector<std::string>{"Jun", "Fos"});
  REQUIRE(file.obs.size() == 1);
  CHECK(file.obs[0].first == "day");
  CHECK(file.obs[0].second.labels == std::vector<std::string>{"d1", "d2"});
  CHECK(file.values.starts == std::vector<Index>{0, 1, 2});
  CHECK(file.values.values == std::vector<float>{2, 3});

  const CountsFile joined =
      counts_of(folder, "cell,day,Jun\nx,5,1\ny,6,0\n", "id,hour,kind\ny,24,b\nz,0,c\nx,0,a\n");
  CHECK(joined.genes == std::vector<std::string>{"day", "Jun"});
  REQUIRE(joined.obs.size() == 2);
  CHECK(joined.obs[0].second.numbers == std::vector<double>{0, 24});
  CHECK(joined.obs[0].second.codes == std::vector<std::int32_t>{0, 1});
  CHECK(joined.obs[1].second.labels == std::vector<std::string>{"a", "b"});
}

TEST_CASE("names are made unique as anndata does", "[counts]") {
  const TempFolder folder;
  const CountsFile file = counts_of(folder, "cell,A,A-1,A,B,A\nx,1,1,1,1,1\nx,1,1,1,1,1\n");
  CHECK(file.genes == std::vector<std::string>{"A", "A-1", "A-2", "B", "A-3"});
  CHECK(file.cells == std::vector<std::string>{"x", "x-1"});
  CHECK(file.warnings.size() == 2);
}

TEST_CASE("what is kept keeps its names and columns", "[counts]") {
  const TempFolder folder;
  CountsFile file = counts_of(folder, "cell,day,A,B,C\nx,0,1,2,3\ny,1,4,5,6\nz,2,7,8,9\n");
  keep(file, {true, false, true}, {false, true, true});
  CHECK(file.cells == std::vector<std::string>{"x", "z"});
  CHECK(file.genes == std::vector<std::string>{"B", "C"});
  CHECK(file.obs[0].second.codes == std::vector<std::int32_t>{0, 2});
  CHECK(file.values.values == std::vector<float>{2, 3, 8, 9});
}

TEST_CASE("tables that are no counts are refused", "[counts]") {
  const TempFolder folder;
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A,kind\nx,1,blood\n"), Error,
                       bad_input({"line 2, column 3 ('kind')", "'blood'", "--obs FILE"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A,B\nx,1\n"), Error, bad_input({"line 2 has 2 fields", "3"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A,3\nx,1,2\n"), Error,
                       bad_input({"line 1, column 3", "'3'", "name of a gene"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A\nx,nan\n"), Error,
                       bad_input({"gene 'A' of cell 'x'", "nan"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A\n"), Error, bad_input({"0 cells and 1 gene"}));
  CHECK_THROWS_MATCHES(counts_of(folder, "cell,A\nx,1\n", "cell,day\nx,1\nx,2\n"), Error,
                       bad_input({"obs.csv", "line 3", "'x' comes twice"}));
  CHECK_THROWS_MATCHES(read_counts(folder.write("a.xlsx", "x"), {}), Error, bad_input({"unknown ending"}));
}
