/// Coordinates that are stored as a data frame or as a sparse matrix.
#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/time_courses/data_file.hpp"

using namespace cellmnn;

namespace {

void with_frame(H5adFixture& fixture, const std::vector<std::string>& order) {
  fixture.texts("obsm/X_pca/_index", {"c0", "c1", "c2", "c3"});
  fixture.numbers<float>("obsm/X_pca/b", {1, 2, 3, 4});
  fixture.numbers<double>("obsm/X_pca/a", {5, 6, 7, 8});
  fixture.texts("obsm/X_pca/t", {"p", "q", "r", "s"});
  const auto group = fixture.group("obsm/X_pca", "dataframe");
  H5adFixture::text_attribute(group, "_index", "_index");
  H5adFixture::text_list_attribute(group, "column-order", order);
}

H5adFixture& with_names(H5adFixture& fixture) {
  fixture.texts("obs/_index", {"c0", "c1", "c2", "c3"});
  H5adFixture::text_attribute(fixture.group("obs", "dataframe"), "_index", "_index");
  return fixture.with_day();
}

}  // namespace

TEST_CASE("a data frame of numbers is read in the order of its columns", "[h5ad]") {
  H5adFixture fixture;
  with_frame(with_names(fixture), {"b", "a"});
  const DataFile file = read_data(fixture.finish(), {});
  CHECK(file.available_dims == 2);
  CHECK(file.data.snapshots[1].cells == Matrix<float>{{1, 5}, {4, 8}});
}

TEST_CASE("a data frame with text is refused by the name of its column", "[h5ad]") {
  H5adFixture fixture;
  with_frame(with_names(fixture), {"a", "t"});
  CHECK_THROWS_MATCHES(read_data(fixture.finish(), {}), Error,
                       error_with(ErrorCode::bad_input, {"obsm/X_pca", "dataframe", "'t'"}));
}

TEST_CASE("sparse coordinates are read, or their first columns", "[h5ad]") {
  H5adFixture fixture;
  with_names(fixture);
  fixture.numbers<double>("obsm/X_pca/data", {1, 2, 3, 4});
  fixture.numbers<int>("obsm/X_pca/indices", {0, 2, 1, 2});
  fixture.numbers<int>("obsm/X_pca/indptr", {0, 1, 2, 4, 4});
  H5adFixture::integer_attribute(fixture.group("obsm/X_pca", "csr_matrix"), "shape", {4, 3});
  DataOptions options;
  SECTION("all") {
    CHECK(read_data(fixture.finish(), options).data.snapshots[0].cells ==
          Matrix<float>{{0, 0, 2}, {0, 3, 4}});
  }
  SECTION("two") {
    options.dims = 2;
    CHECK(read_data(fixture.finish(), options).data.snapshots[0].cells == Matrix<float>{{0, 0}, {0, 3}});
  }
}
