/// Embeddings, expression and loadings of .h5ad files, and files that are damaged.
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/time_courses/data_file.hpp"

using namespace cellmnn;

/// HDF5 1.10 does not free everything when it refuses a damaged file.
extern "C" const char* __lsan_default_suppressions() { return "leak:libhdf5"; }

namespace {

using Storage = H5adFixture::Storage;

DataOptions with_expression() {
  DataOptions options;
  options.expression = true;
  return options;
}

void refuses(const std::string& path, const DataOptions& options, const std::vector<std::string>& parts) {
  CHECK_THROWS_MATCHES(read_data(path, options), Error, error_with(ErrorCode::bad_input, parts));
}

/// (4, 2): {{1, 0}, {0, 2}, {3, 4}, {0, 0}} by rows.
void write_csr(H5adFixture& fixture, const std::vector<int>& indices = {0, 1, 0, 1}) {
  fixture.numbers<double>("X/data", {1, 2, 3, 4}, {4}, Storage::gzip);
  fixture.numbers<int>("X/indices", indices);
  fixture.numbers<int>("X/indptr", {0, 1, 2, 4, 4});
}

void has_the_expression(const DataFile& file) {
  CHECK(file.genes == std::vector<std::string>{"g0", "g1"});
  CHECK(file.data.snapshots[0].expression == Matrix<float>{{0, 2}, {3, 4}});
  CHECK(file.data.snapshots[1].expression == Matrix<float>{{1, 0}, {0, 0}});
}

}  // namespace

TEST_CASE("only the first columns are read", "[h5ad]") {
  const Storage storage = GENERATE(Storage::contiguous, Storage::gzip);
  H5adFixture fixture;
  fixture.texts("obs/index", {"a", "b", "c", "d"});
  fixture.with_day().with_pca(storage);
  const std::string path = fixture.finish();
  DataOptions options;
  options.dims = 2;
  const DataFile file = read_data(path, options);
  CHECK(file.available_dims == 3);
  CHECK(file.data.snapshots[1].cells == Matrix<float>{{0, 1}, {30, 31}});
  options.dims = 4;
  refuses(path, options, {"--dims asks for 4", "obsm/X_pca", "has 3"});
}

TEST_CASE("matrices larger than a block", "[h5ad]") {
  const hsize_t rows = 5000, columns = 300;
  std::vector<float> values(rows * columns);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
  std::vector<double> days(rows);
  for (std::size_t i = 0; i < rows; ++i) days[i] = static_cast<double>(i % 2);
  H5adFixture fixture;
  fixture.numbers("obs/index", days);
  fixture.numbers("obs/day", days);
  fixture.numbers("obsm/X_pca", values, {rows, columns});
  const DataFile file = read_data(fixture.finish(), {});
  for (const Index n : {0, 1, 1746, 2499}) {
    for (const Index d : {0, 299}) {
      REQUIRE(file.data.snapshots[1].cells(n, d) == static_cast<float>((2 * n + 1) * 300 + d));
    }
  }
}

TEST_CASE("which embedding is taken", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day();
  const std::vector<float> other = {1, 2, 3, 4, 5, 6, 7, 8};
  DataOptions options;

  SECTION("X_pca before pca before others") {
    fixture.numbers("obsm/pca", other, {4, 2});
    CHECK(read_data(fixture.finish(), options).embedding_key == "X_pca");
  }
  SECTION("the one that is asked for") {
    fixture.numbers("obsm/X_umap", other, {4, 2});
    options.embedding_key = "X_umap";
    const DataFile file = read_data(fixture.finish(), options);
    CHECK(file.embedding_key == "X_umap");
    CHECK(file.data.snapshots[1].cells == Matrix<float>{{1, 2}, {7, 8}});
  }
  SECTION("an unknown one lists the others") {
    fixture.numbers("obsm/X_umap", other, {4, 2});
    options.embedding_key = "X_tsne";
    refuses(fixture.finish(), options,
            {"'X_tsne'", "--embedding-key", "'X_pca' with 3 columns", "'X_umap' with 2 columns"});
  }
  SECTION("one that is no matrix") {
    fixture.numbers("obsm/table/a", other);
    options.embedding_key = "table";
    refuses(fixture.finish(), options, {"obsm/table", "not a dense numeric matrix"});
  }
}

TEST_CASE("without X_pca the only embedding is taken", "[h5ad]") {
  H5adFixture fixture;
  fixture.texts("obs/index", {"a", "b", "c", "d"});
  fixture.with_day();
  const std::vector<float> values = {1, 2, 3, 4, 5, 6, 7, 8};
  SECTION("pca") {
    fixture.numbers("obsm/pca", values, {4, 2});
    fixture.numbers("obsm/X_umap", values, {4, 2});
    CHECK(read_data(fixture.finish(), {}).embedding_key == "pca");
  }
  SECTION("the only one with two columns") {
    fixture.numbers("obsm/X_scvi", values, {4, 2});
    fixture.numbers<float>("obsm/size", {1, 2, 3, 4}, {4, 1});
    CHECK(read_data(fixture.finish(), {}).embedding_key == "X_scvi");
  }
  SECTION("more than one is ambiguous") {
    fixture.numbers("obsm/X_scvi", values, {4, 2});
    fixture.numbers("obsm/X_umap", values, {4, 2});
    refuses(fixture.finish(), {}, {"no 'X_pca'", "'X_scvi' with 2 columns", "--embedding-key"});
  }
  SECTION("none") { refuses(fixture.finish(), {}, {"no embedding", "scanpy.pp.pca"}); }
}

TEST_CASE("an embedding of other cells is refused", "[h5ad]") {
  H5adFixture fixture;
  fixture.texts("obs/index", {"a", "b", "c", "d"});
  fixture.with_day().numbers<float>("obsm/X_pca", {1, 2, 3, 4, 5, 6}, {3, 2});
  refuses(fixture.finish(), {}, {"obsm/X_pca", "3 rows", "expected 4"});
}

TEST_CASE("values that are not finite are counted", "[h5ad]") {
  H5adFixture fixture;
  fixture.texts("obs/index", {"a", "b", "c", "d"});
  fixture.with_day().numbers<double>("obsm/X_pca", {1, NAN, 3, 4, 5, 6, 7, INFINITY}, {4, 2});
  refuses(fixture.finish(), {}, {"t.h5ad", "2 of 4 values", "not finite"});
}

TEST_CASE("expression, dense or sparse", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day().with_genes();
  SECTION("dense floats") { fixture.numbers<double>("X", {1, 0, 0, 2, 3, 4, 0, 0}, {4, 2}); }
  SECTION("dense integers, compressed") {
    fixture.numbers<int>("X", {1, 0, 0, 2, 3, 4, 0, 0}, {4, 2}, Storage::gzip);
  }
  SECTION("csr") {
    write_csr(fixture);
    H5adFixture::integer_attribute(fixture.group("X", "csr_matrix"), "shape", {4, 2});
  }
  SECTION("csr of anndata 0.6") {
    write_csr(fixture);
    H5adFixture::text_attribute(fixture.group("X"), "h5sparse_format", "csr");
    H5adFixture::integer_attribute(fixture.group("X"), "h5sparse_shape", {4, 2});
  }
  SECTION("csc, 64-bit indices") {
    fixture.numbers<int>("X/data", {1, 3, 2, 4});
    fixture.numbers<long>("X/indices", {0, 2, 1, 2});
    fixture.numbers<long>("X/indptr", {0, 2, 4});
    H5adFixture::integer_attribute(fixture.group("X", "csc_matrix"), "shape", {4, 2});
  }
  const std::string path = fixture.finish();
  has_the_expression(read_data(path, with_expression()));
  CHECK(read_data(path, {}).data.snapshots[0].expression.size() == 0);
  CHECK(read_data(path, {}).genes.empty());
}

TEST_CASE("expression may be absent", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day();
  SECTION("no X") { fixture.with_genes(); }
  SECTION("X is null") {
    fixture.with_genes();
    fixture.null("X");
  }
  SECTION("no genes") { fixture.with_genes({}).numbers<float>("X", {}, {4, 0}); }
  const DataFile file = read_data(fixture.finish(), with_expression());
  CHECK(file.data.snapshots[0].expression.size() == 0);
  CHECK(file.data.cells() == 4);
}

TEST_CASE("damaged expression is refused", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day().with_genes();
  const auto csr_shape = [&](long rows, long columns) {
    H5adFixture::integer_attribute(fixture.group("X", "csr_matrix"), "shape", {rows, columns});
  };
  std::vector<std::string> parts = {"X is a damaged sparse matrix"};
  SECTION("an index outside of the genes") {
    write_csr(fixture, {0, 1, 0, 2});
    csr_shape(4, 2);
    parts.emplace_back("index 2 is outside of 2");
  }
  SECTION("a negative index") {
    write_csr(fixture, {0, 1, 0, -1});
    csr_shape(4, 2);
    parts.emplace_back("index -1");
  }
  SECTION("fewer indices than values") {
    write_csr(fixture, {0, 1});
    csr_shape(4, 2);
    parts.emplace_back("number of entries");
  }
  SECTION("an indptr that descends") {
    fixture.numbers<float>("X/data", {1, 2});
    fixture.numbers<int>("X/indices", {0, 1});
    fixture.numbers<int>("X/indptr", {0, 2, 1, 2, 2});
    csr_shape(4, 2);
    parts.emplace_back("ascend");
  }
  SECTION("an indptr of another length") {
    fixture.numbers<float>("X/data", {1, 2});
    fixture.numbers<int>("X/indices", {0, 1});
    fixture.numbers<int>("X/indptr", {0, 2});
    csr_shape(4, 2);
    parts.emplace_back("indptr has another length");
  }
  SECTION("a shape that overflows") {
    write_csr(fixture);
    csr_shape(std::numeric_limits<long>::max(), 2);
    parts = {"X has 9223372036854775807 rows", "expected 4"};
  }
  SECTION("no shape") {
    write_csr(fixture);
    fixture.group("X", "csr_matrix");
    parts = {"X has no valid shape"};
  }
  SECTION("other genes than var") {
    fixture.numbers<float>("X", {1, 2, 3, 4}, {4, 1});
    parts = {"X has 1 columns", "2 genes"};
  }
  SECTION("strings") {
    fixture.texts("X", {"a", "b", "c", "d"});
    parts = {"X is not a numeric matrix"};
  }
  refuses(fixture.finish(), with_expression(), parts);
}

TEST_CASE("loadings give the gene space", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day().with_genes();
  fixture.numbers<double>("varm/PCs", {1, 2, 3, 0, 0, 0}, {2, 3});
  fixture.numbers<float>("X", {1, 0, 0, 2, 3, 4, 0, 0}, {4, 2});

  SECTION("with the mean of X") {
    const GeneSpace space = read_data(fixture.finish(), with_expression()).data.gene_space;
    CHECK(space.genes == std::vector<std::string>{"g0", "g1"});
    CHECK(space.loadings == Matrix<float>{{1, 2, 3}, {0, 0, 0}});
    CHECK(space.mean == Vector<float>{{1, 1.5F}});
  }
  SECTION("with the mean that is stored") {
    fixture.numbers<double>("uns/pca_mean", {0.25, 0.5});
    CHECK(read_data(fixture.finish(), with_expression()).data.gene_space.mean ==
          Vector<float>{{0.25F, 0.5F}});
  }
  SECTION("with a stored mean of other genes") {
    fixture.numbers<double>("uns/pca_mean", {0.25, 0.5, 0.75});
    CHECK(read_data(fixture.finish(), with_expression()).data.gene_space.mean == Vector<float>{{1, 1.5F}});
  }
  SECTION("of the dimensions that are read, without a mean if there is none") {
    DataOptions options;
    options.dims = 2;
    const GeneSpace space = read_data(fixture.finish(), options).data.gene_space;
    CHECK(space.loadings == Matrix<float>{{1, 2}, {0, 0}});
    CHECK(space.mean.size() == 0);
  }
  SECTION("not those of another embedding") {
    fixture.numbers<float>("obsm/X_umap", {1, 2, 3, 4, 5, 6, 7, 8}, {4, 2});
    DataOptions options;
    options.embedding_key = "X_umap";
    CHECK(read_data(fixture.finish(), options).data.gene_space.empty());
  }
}

TEST_CASE("loadings that do not fit", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day().with_genes();
  SECTION("too few columns are left out with a warning") {
    fixture.numbers<float>("varm/PCs", {1, 2}, {2, 1});
    const DataFile file = read_data(fixture.finish(), {});
    CHECK(file.data.gene_space.empty());
    REQUIRE(file.warnings.size() == 1);
    CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("varm['PCs']") &&
                                     Catch::Matchers::ContainsSubstring("only 1 columns"));
  }
  SECTION("other genes") {
    fixture.numbers<float>("varm/PCs", {1, 2, 3, 4, 5, 6, 7, 8, 9}, {3, 3});
    refuses(fixture.finish(), {}, {"varm/PCs", "3 rows", "expected 2"});
  }
  SECTION("not finite") {
    fixture.numbers<float>("varm/PCs", {1, 2, NAN, 4, 5, 6}, {2, 3});
    refuses(fixture.finish(), {}, {"varm/PCs", "not finite"});
  }
}

TEST_CASE("files that are no .h5ad are refused", "[h5ad]") {
  const TempFolder folder;
  refuses(folder.file("none.h5ad"), {}, {"none.h5ad", "no such file"});
  refuses(folder.write("t.h5ad", "PK\3\4 not this"), {}, {"is not an HDF5 file"});
  refuses(folder.write("e.h5ad", ""), {}, {"is not an HDF5 file"});
  std::filesystem::create_directory(folder.file("d.h5ad"));
  refuses(folder.file("d.h5ad"), {}, {"is a folder"});
  H5adFixture empty;
  refuses(empty.finish(), {}, {"has no 'obs'"});
}

TEST_CASE("a truncated file is refused at every length", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day();
  const std::string bytes = bytes_of(fixture.finish());
  const TempFolder folder;
  for (std::size_t size = 8; size < bytes.size(); size += 97) {
    INFO(size << " of " << bytes.size() << " bytes");
    refuses(folder.write("t.h5ad", std::string_view(bytes).substr(0, size)), {}, {"damaged or truncated"});
  }
}

TEST_CASE("a file with overwritten bytes gives an error or the cells, never a crash", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().with_day();
  const std::string bytes = bytes_of(fixture.finish());
  const TempFolder folder;
  int refused = 0;
  for (std::size_t at = 8; at < bytes.size(); at += 61) {
    std::string bad = bytes;
    bad[at] = static_cast<char>(~bad[at]);
    try {
      const DataFile file = read_data(folder.write("t.h5ad", bad), {});
      CHECK(file.data.cells() == 4);
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      ++refused;
    }
  }
  CHECK(refused > 0);
}
