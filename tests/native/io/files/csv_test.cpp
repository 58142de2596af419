#include "native/io/files/csv.hpp"

#include <zlib.h>

#include <filesystem>

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
  CHECK(records("a;b\n1;2\n") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(records("sep=|\na|b,c\n") == Records{{"a", "b,c"}});
  CHECK(records("\"a\" \"b c\"\n1  2 \n") == Records{{"a", "b c"}, {"1", "2"}});
  CHECK(records("a,b\r1,2\r") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(records("a,b\n,\n1,2\n") == Records{{"a", "b"}, {"1", "2"}});
  CHECK(records("").empty());
}

TEST_CASE("a written field reads back", "[csv]") {
  for (const char* text : {"plain", "with,comma", "with \"quotes\"", "two\nlines", "tab\t"}) {
    CHECK(records("x," + csv_field(text) + "\n") == Records{{"x", text}});
  }
  CHECK(csv_field("plain") == "plain");
}

TEST_CASE("no spreadsheet runs what a field says", "[csv]") {
  for (const std::string text :
       {"=HYPERLINK(A1)", "=cmd|' /C calc'!A0", "@SUM(1)", "+1+cmd|x", "-2+f(3)", " =f(x)"})
    CHECK(csv_field(text) == "'" + text);
  CHECK(csv_field("\t=f(1,2)") == "\"'\t=f(1,2)\"");
  for (const std::string text : {"-1.5", "+", "-/-", "CD4+ (memory)", "=", "@home", "a=b(c)", "(-)", "1|2"})
    CHECK(csv_field(text) == text);
}

TEST_CASE("numbers with a decimal comma", "[csv]") {
  CHECK(records("t;x\n0;1,25\n0,5;-3e2\nE8.5;4,000\n") ==
        Records{{"t", "x"}, {"0", "1.25"}, {"0.5", "-3e2"}, {"E8.5", "4.000"}});
  CHECK(records("t\tx\n0\t1,5\n1\t2,125\n") == Records{{"t", "x"}, {"0", "1.5"}, {"1", "2.125"}});
  CHECK(records("t\tx\n0\t1,500\n") == Records{{"t", "x"}, {"0", "1,500"}});
  CHECK(records("t;x\n0;1.5\n") == Records{{"t", "x"}, {"0", "1.5"}});
  CHECK_THROWS_MATCHES(records("t;x\n0;1,5\n1;2.5\n"), Error,
                       error_with(ErrorCode::bad_input, {"line 3 has '2.5'", "line 2", "decimal comma"}));
}

TEST_CASE("the header of R, and separators at the end of lines", "[csv]") {
  const auto header = [](const std::string& text) {
    const TempFolder folder;
    return CsvReader(folder.write("t.csv", text)).header();
  };
  CHECK(header("\"time\",\"x\"\n\"c0\",0,1\n") == std::vector<std::string>{"", "time", "x"});
  CHECK(header("time,x\n0,1,\n") == std::vector<std::string>{"time", "x", ""});
  CHECK(header("time,x\n") == std::vector<std::string>{"time", "x"});
  const DataFile r = read("\"time\",\"x1\",\"x2\"\n\"c0\",0,1.5,2\n\"c1\",1,3,4\n");
  CHECK(r.names == std::vector<std::string>{"c0", "c1"});
  CHECK(r.data.snapshots[0].cells == Matrix<float>{{1.5F, 2}});
  const DataFile ended = read("time,a,b,,\n0,1.5,2,,\n1,3,4,,\n");
  CHECK(ended.data.dims() == 2);
  CHECK(ended.warnings.empty());
}

TEST_CASE("text that is not UTF-8 is refused with its line", "[csv]") {
  const auto refuses = [](const std::string& text, const std::vector<std::string>& parts) {
    CHECK_THROWS_MATCHES(records(text), Error, error_with(ErrorCode::bad_input, parts));
  };
  refuses("a,b\nt\xE9mps,1\n", {"line 2 is not UTF-8", "E9", "iconv"});
  refuses("a,b\n\xC3", {"line 2 is not UTF-8"});
  refuses("a,b\n\xED\xA0\x80", {"line 2 is not UTF-8"});
  refuses(std::string("\xFF\xFE"
                      "a\0",
                      4),
          {"UTF-16"});
  CHECK(records("t\u00E9mps,\U0001F9EC\n") == Records{{"t\u00E9mps", "\U0001F9EC"}});
}

TEST_CASE("tables are also read from gzip", "[csv]") {
  const TempFolder folder;
  const std::string path = folder.file("t.csv.gz");
  const std::string text = "day,PC1,PC2\n0,1,2\n1,3,4\n";
  gzFile file = ::gzopen(path.c_str(), "wb");
  ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  ::gzclose(file);
  CHECK(read_data(path, {}).data.snapshots[1].cells == Matrix<float>{{3, 4}});
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 9);
  CHECK_THROWS_MATCHES(read_data(path, {}), Error,
                       error_with(ErrorCode::bad_input, {"damaged or truncated"}));
}

TEST_CASE("a table of cells", "[csv]") {
  const DataFile file = read("id,day,PC1,PC2\nc1,2,0.5,1\nc2,0,-1e-3,2\nc3,2,3,4\n");
  CHECK(file.format == "csv");
  CHECK(file.time_key == "day");
  CHECK(file.embedding_key == "PC");
  CHECK(file.columns == std::vector<std::string>{"PC1", "PC2"});
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
  const DataFile counted = read("x,day,a,b\n1,0,1,2\n2,0,3,4\n3,1,3,4\n4,1,3,4\n5,1,3,4\n");
  CHECK(counted.columns == std::vector<std::string>{"a", "b"});
  CHECK(counted.names.size() == 5);
}

TEST_CASE("numbered columns begin with 0 or 1", "[csv]") {
  const DataFile file = read(",leiden,day,X_pca_0,X_pca_1\nc0,0,0,1,2\nc1,1,1,3,4\n");
  CHECK(file.columns == std::vector<std::string>{"X_pca_0", "X_pca_1"});
  CHECK(file.data.snapshots[0].cells == Matrix<float>{{1, 2}});
  CHECK_THAT(read("day,PC_1,PC_3,PC_2,PC_5\n0,1,3,2,5\n1,1,3,2,6\n").warnings[0],
             Catch::Matchers::ContainsSubstring("'PC_5'"));
}

TEST_CASE("columns that are text but blank at first are left out and named", "[csv]") {
  const DataFile file = read("day,a,note,b\n0,1,,2\n1,3,LPS,4\n");
  CHECK(file.columns == std::vector<std::string>{"a", "b"});
  CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("'note'"));
}

TEST_CASE("expression of genes is not taken for coordinates", "[csv]") {
  CHECK_THROWS_MATCHES(read("day,Gata4,Sox2,NANOG\n0,1,2,3\n1,3,4,5\n"), Error,
                       error_with(ErrorCode::bad_input, {"names of genes", "'Gata4'", "cellmnn preprocess"}));
  std::string header = "day", first = "0", second = "1";
  for (int i = 0; i < 61; ++i) {
    header += ",q" + std::string(static_cast<std::size_t>(i % 7 + 1), 'a') + std::to_string(i);
    first += ",1.5";
    second += ",2";
  }
  const std::string text = header + "\n" + first + "\n" + second + "\n";
  CHECK_THROWS_MATCHES(read(text), Error, error_with(ErrorCode::bad_input, {"there are 61", "--dims"}));
  DataOptions options;
  options.dims = 4;
  CHECK(read(text, options).data.dims() == 4);
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
