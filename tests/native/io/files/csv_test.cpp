#include "native/io/files/csv.hpp"

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

std::vector<std::vector<std::string>> records(const std::string& text) {
  const TempFolder folder;
  CsvReader reader(folder.write("t.csv", text));
  std::vector<std::vector<std::string>> all;
  for (std::vector<std::string> fields; reader.next(fields);) all.push_back(fields);
  return all;
}

DataFile read(const std::string& text, const DataOptions& options = {}) {
  const TempFolder folder;
  return read_data(folder.write("t.csv", text), options);
}

using Records = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("fields, quotes and line ends", "[csv]") {
  CHECK(records("a,b\n1,2\n") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(records("a,b\r\n1,\r\n") == Records{{"a", "b"}, {"1", ""}});
  CHECK(records("\xEF\xBB\xBF"
                "a,b\n\n1,2") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(records("\"x,\"\"y\"\"\",\"two\nlines\"\n") == Records{{"x,\"y\"", "two\nlines"}});
  CHECK(records("a,b\tc\td\n") == Records{{"a,b", "c", "d"}});
  CHECK(records("").empty());
}

TEST_CASE("a written field reads back", "[csv]") {
  for (const char* text : {"plain", "with,comma", "with \"quotes\"", "two\nlines", "tab\t"}) {
    CHECK(records("x," + csv_field(text) + "\n") == Records{{"x", text}});
  }
  CHECK(csv_field("plain") == "plain");
}

TEST_CASE("a table of cells", "[csv]") {
  const DataFile file = read("id,day,PC1,PC2\nc1,2,0.5,1\nc2,0,-1e-3,2\nc3,2,3,4\n");
  CHECK(file.format == "csv");
  CHECK(file.time_key == "day");
  CHECK(file.embedding_key.empty());
  CHECK(file.names == std::vector<std::string>{"c1", "c2", "c3"});
  CHECK(file.available_dims == 2);
  CHECK(file.rows == std::vector<std::vector<Index>>{{1}, {0, 2}});
  CHECK(file.data.snapshots[0].cells == Matrix<float>{{-1e-3F, 2}});
  CHECK(file.data.snapshots[1].cells == Matrix<float>{{0.5F, 1}, {3, 4}});
  CHECK(file.warnings.empty());
}

TEST_CASE("columns of text besides the time are left out and named", "[csv]") {
  const DataFile file = read("day,a,state,b\n0,1,x,2\n1,3,y,4\n");
  CHECK(file.data.dims() == 2);
  REQUIRE(file.warnings.size() == 1);
  CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("'state'"));
}

TEST_CASE("a first column of numbers is the names if it is headed so", "[csv]") {
  CHECK(read(",day,a,b\n7,0,1,2\n8,1,3,4\n").names == std::vector<std::string>{"7", "8"});
  CHECK(read("cell,day,a,b\n7,0,1,2\n8,1,3,4\n").data.dims() == 2);
  CHECK(read("x,day,a,b\n7,0,1,2\n8,1,3,4\n").data.dims() == 3);
}

TEST_CASE("columns of one array are preferred, or asked for", "[csv]") {
  const std::string text = "day,speed,X_pca_1,X_pca_2,other_1\n0,9,1,2,3\n1,9,4,5,6\n";
  CHECK(read(text).embedding_key == "X_pca");
  CHECK(read(text).data.snapshots[1].cells == Matrix<float>{{4, 5}});
  DataOptions options;
  options.embedding_key = "other";
  CHECK(read(text, options).data.snapshots[1].cells == Matrix<float>{{6}});
  options.embedding_key = "umap";
  CHECK_THROWS_MATCHES(read(text, options), Error,
                       error_with(ErrorCode::bad_input, {"'umap_1'", "--embedding-key"}));
}

TEST_CASE("only the first dimensions are kept", "[csv]") {
  DataOptions options;
  options.dims = 1;
  CHECK(read("day,a,b\n0,1,2\n1,3,4\n", options).data.snapshots[1].cells == Matrix<float>{{3}});
  options.dims = 3;
  CHECK_THROWS_MATCHES(read("day,a,b\n0,1,2\n1,3,4\n", options), Error,
                       error_with(ErrorCode::bad_input, {"--dims asks for 3", "has 2"}));
  options.dims = 0;
  CHECK_THROWS_MATCHES(read("day,a,b\n0,1,2\n1,3,4\n", options), Error,
                       error_with(ErrorCode::usage, {"--dims is 0"}));
}

TEST_CASE("a chosen time column is no coordinate, and neither is another usual one", "[csv]") {
  DataOptions options;
  options.time_key = "hour";
  const DataFile file = read("hour,day,a\n0,0,1\n24,1,3\n", options);
  CHECK(file.time_key == "hour");
  CHECK(file.data.dims() == 1);
}

TEST_CASE("damaged tables are refused with line and column", "[csv]") {
  const auto refuses = [](const std::string& text, const std::vector<std::string>& parts) {
    INFO(text);
    CHECK_THROWS_MATCHES(read(text), Error, error_with(ErrorCode::bad_input, parts));
  };
  refuses("", {"t.csv", "is empty"});
  refuses("day,a\n", {"no cells"});
  refuses("day\n1\n", {"line 1", "one column"});
  refuses("day,a,a\n0,1,2\n", {"line 1, column 3", "'a' comes twice"});
  refuses("day,a\n0,1\n1,2,3\n", {"line 3 has 3 fields", "has 2"});
  refuses("day,a\n0,1\n1,x2\n", {"line 3, column 2 ('a')", "'x2'", "a number"});
  refuses("day,\"a\nb\"\n0,1\n1,oops\n", {"line 4, column 2"});
  refuses("day,a\n0,\"1\n1,2\n", {"line 2", "not closed"});
  refuses("day,a\n0,\"1\"2\n", {"line 2", "closing quote"});
  refuses("day,state\n0,x\n1,y\n", {"no columns of numbers"});
  refuses(std::string("day,a\n0,\0\n", 9), {"not a text file"});
  refuses("day,a\n0,1\n1,nan\n", {"1 of 1 values that are not finite"});
  refuses("day,a\n0,1\n1,\n", {"1 of 1 values that are not finite"});
  refuses("day,a\n0,1\n1,1e99\n", {"not finite"});
}
