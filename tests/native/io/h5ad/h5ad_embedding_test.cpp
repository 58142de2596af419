/// Which coordinates of an .h5ad file are read, and how.
#include <cmath>

#include "catch.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/h5ad/reading.hpp"

using namespace cellmnn;

namespace {

using Storage = H5adFixture::Storage;

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
    refuses(fixture.finish(), options, {"obsm/table", "stored as 'group'", "expected a matrix of numbers"});
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
