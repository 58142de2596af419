#include "native/io/tables/table_file.hpp"

#include <sys/resource.h>

#include <csignal>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/numpy/npz.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/temp_folder.hpp"

using namespace cellmnn;

namespace {

CellTable small_table() {
  CellTable table;
  table.names = {"a", "b, \"c\"", "ü"};
  table.columns = {{"day", Vector<double>{{0.5, 2, 0.5}}}, {"score", Vector<double>{{1.0 / 3, -1e-20, 1e9}}}};
  table.arrays = {{"X_pca", Matrix<float>{{1, 0.1F}, {3, 4}, {-5, 1e-30F}}},
                  {"velocity", Matrix<float>::Ones(3, 2)}};
  table.expression = Matrix<float>{{1, 2, 3}, {4, 5, 6}, {7, 8, 9.5F}};
  table.genes = {"Jun", "Fos", "Myc"};
  table.loadings = Matrix<float>{{1, 2}, {0, 0}, {5, 6}};
  table.gene_mean = Vector<float>{{4, 5, 6}};
  return table;
}

DataFile written_and_read(const CellTable& table, const std::string& name) {
  const TempFolder folder;
  write_table(folder.file(name), table);
  CHECK(folder.names() == std::vector<std::string>{name});
  DataOptions options;
  options.expression = true;
  return read_data(folder.file(name), options);
}

/// Files of this process may not grow beyond `bytes`.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    previous_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, previous_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_ = {};
  void (*previous_)(int);
};

}  // namespace

TEST_CASE("cells read back from every format", "[table]") {
  const std::string name = GENERATE("t.h5ad", "t.npz", "t.csv");
  INFO(name);
  const CellTable table = small_table();
  const DataFile file = written_and_read(table, name);
  CHECK(file.time_key == "day");
  CHECK(file.embedding_key == "X_pca");
  CHECK(file.names == table.names);
  REQUIRE(file.data.snapshots.size() == 2);
  CHECK(file.data.snapshots[0].time == 0.5);
  CHECK(file.data.snapshots[0].cells == Matrix<float>{{1, 0.1F}, {-5, 1e-30F}});
  CHECK(file.data.snapshots[1].cells == Matrix<float>{{3, 4}});
}

TEST_CASE("genes read back from h5ad", "[table]") {
  const CellTable table = small_table();
  const DataFile file = written_and_read(table, "t.h5ad");
  CHECK(file.genes == table.genes);
  CHECK(file.data.snapshots[0].expression == Matrix<float>{{1, 2, 3}, {7, 8, 9.5F}});
  CHECK(file.data.gene_space.genes == table.genes);
  CHECK(file.data.gene_space.loadings == table.loadings);
  CHECK(file.data.gene_space.mean == table.gene_mean);
}

TEST_CASE("a table without names and genes", "[table]") {
  CellTable table;
  table.columns = {{"day", Vector<double>{{0, 1}}}};
  table.arrays = {{"X_pca", Matrix<float>{{1, 2}, {3, 4}}}};
  CHECK(written_and_read(table, "t.h5ad").names == std::vector<std::string>{"0", "1"});
  CHECK(written_and_read(table, "t.npz").names.empty());
  const DataFile csv = written_and_read(table, "t.csv");
  CHECK(csv.names.empty());
  CHECK(csv.data.dims() == 2);
}

TEST_CASE("a csv is plain text", "[table]") {
  const TempFolder folder;
  write_table(folder.file("t.csv"), small_table());
  const std::string text = bytes_of(folder.file("t.csv"));
  CHECK_THAT(text,
             Catch::Matchers::StartsWith("cell,day,score,X_pca_1,X_pca_2,velocity_1,velocity_2,Jun,Fos,Myc\n"
                                         "a,0.5,0.3333333333333333,1,0.1,1,1,1,2,3\n"
                                         "\"b, \"\"c\"\"\",2,-1e-20,3,4,1,1,4,5,6\n"));
}

TEST_CASE("npz holds one array a name, of any number of axes", "[table]") {
  const TempFolder folder;
  CellTable table = small_table();
  Tensor3<float> positions(2, 1, 2);
  for (std::size_t i = 0; i < 4; ++i) positions.data()[i] = static_cast<float>(i);
  table.tensors = {{"positions", positions}};
  write_table(folder.file("t.npz"), table);
  const NpzFile npz(folder.file("t.npz"));
  CHECK(npz.header("positions").describe() == "(2, 1, 2) <f4");
  CHECK(npz.numbers("positions").data()[3] == 3);
  CHECK(npz.header("day").describe() == "(3) <f8");
  CHECK(npz.header("X").describe() == "(3, 3) <f4");
  CHECK(npz.header("PCs").describe() == "(3, 2) <f4");
  CHECK(npz.header("pca_mean").describe() == "(3) <f4");
  CHECK(npz.texts("genes") == table.genes);
  CHECK(npz.texts("names") == table.names);
}

TEST_CASE("the same table gives the same bytes", "[table]") {
  const std::string name = GENERATE("t.h5ad", "t.npz", "t.csv");
  const TempFolder a, b;
  write_table(a.file(name), small_table());
  write_table(b.file(name), small_table());
  CHECK(bytes_of(a.file(name)) == bytes_of(b.file(name)));
}

TEST_CASE("tables that cannot be written leave nothing", "[table]") {
  const TempFolder folder;
  CHECK_THROWS_MATCHES(write_table(folder.file("t.xlsx"), small_table()), Error,
                       error_with(ErrorCode::usage, {"t.xlsx", ".h5ad, .npz or .csv"}));
  CHECK_THROWS_MATCHES(write_table(folder.file("none/t.h5ad"), small_table()), Error,
                       error_with(ErrorCode::bad_input, {"none/t.h5ad", "No such file or directory"}));
  CellTable uneven = small_table();
  uneven.arrays[1].second = Matrix<float>::Ones(2, 2);
  for (const char* name : {"t.h5ad", "t.csv"}) {
    CHECK_THROWS_MATCHES(write_table(folder.file(name), uneven), Error,
                         error_with(ErrorCode::bad_input, {"'velocity' has 2 rows, expected 3"}));
  }
  CHECK(folder.names().empty());
}

TEST_CASE("a full disk is an error with the system's reason and leaves nothing", "[table]") {
  const std::string name = GENERATE("t.h5ad", "t.npz", "t.csv");
  INFO(name);
  const TempFolder folder;
  CellTable table = small_table();
  table.names.clear();
  table.expression.resize(0, 0);
  table.columns = {{"day", Vector<double>::LinSpaced(40000, 0, 1)}};
  table.arrays = {{"X_pca", Matrix<float>::Random(40000, 3)}};
  {
    const FileSizeLimit limit(100000);
    CHECK_THROWS_MATCHES(write_table(folder.file(name), table), Error,
                         error_with(ErrorCode::bad_input, {name, "File too large"}));
  }
  CHECK(folder.names().empty());
  CHECK_NOTHROW(write_table(folder.file(name), table));
}
