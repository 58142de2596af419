/// Expression of .h5ad files, dense and sparse.
#include <limits>

#include "catch.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/h5ad/reading.hpp"

using namespace cellmnn;

namespace {

using Storage = H5adFixture::Storage;

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
    parts = {"X is stored as 'dataset with no numbers'"};
  }
  refuses(fixture.finish(), with_expression(), parts);
}
