/// The encodings of columns of obs, each read as the time.
#include <cmath>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/h5ad/h5ad_frame.hpp"
#include "native/io/time_courses/data_file.hpp"

using namespace cellmnn;

namespace {

using Id = hdf5::Id;

void has_the_cells(const DataFile& file) {
  CHECK(file.names == std::vector<std::string>{"c0", "c1", "c2", "c3"});
  CHECK(file.time_key == "day");
  CHECK(file.embedding_key == "X_pca");
  CHECK(file.available_dims == 3);
  CHECK(file.rows == std::vector<std::vector<Index>>{{1, 2}, {0, 3}});
  REQUIRE(file.data.snapshots.size() == 2);
  CHECK(file.data.snapshots[0].time == 0);
  CHECK(file.data.snapshots[1].time == 2);
  CHECK(file.data.snapshots[0].cells == Matrix<float>{{10, 11, 12}, {20, 21, 22}});
  CHECK(file.data.snapshots[1].cells == Matrix<float>{{0, 1, 2}, {30, 31, 32}});
}

void reads(H5adFixture& fixture) { has_the_cells(read_data(fixture.finish(), {})); }

void refuses(H5adFixture& fixture, const std::vector<std::string>& parts) {
  CHECK_THROWS_MATCHES(read_data(fixture.finish(), {}), Error, error_with(ErrorCode::bad_input, parts));
}

void write_categorical(H5adFixture& fixture, const std::vector<std::string>& labels,
                       const std::vector<signed char>& codes, bool ordered = false) {
  fixture.texts("obs/day/categories", labels);
  fixture.numbers("obs/day/codes", codes);
  H5adFixture::boolean_attribute(fixture.group("obs/day", "categorical"), "ordered", ordered);
}

}  // namespace

TEST_CASE("numbers of any type", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  SECTION("float64") { fixture.with_day(); }
  SECTION("float32, compressed") {
    fixture.numbers<float>("obs/day", {2, 0, 0, 2}, {4}, H5adFixture::Storage::gzip);
  }
  SECTION("int64") { fixture.numbers<long>("obs/day", {2, 0, 0, 2}); }
  SECTION("uint8") { fixture.numbers<unsigned char>("obs/day", {2, 0, 0, 2}); }
  reads(fixture);
}

TEST_CASE("booleans are 0 and 1", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().booleans("obs/stage", {1, 0, 0, 1});
  const DataFile file = read_data(fixture.finish(), {});
  CHECK(file.data.snapshots[1].time == 1);
  CHECK(file.rows[1] == std::vector<Index>{0, 3});
}

TEST_CASE("strings of variable and fixed length", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  SECTION("variable") { fixture.texts("obs/day", {"d2", "d0", "d0", "d2"}); }
  SECTION("fixed") { fixture.fixed_texts("obs/day", {"2", "0", "0 h", "2"}, 3); }
  reads(fixture);
}

TEST_CASE("categories", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  SECTION("of strings") { write_categorical(fixture, {"day0", "day1", "day2"}, {2, 0, 0, 2}); }
  SECTION("of numbers") {
    fixture.numbers<double>("obs/day/categories", {2, 0});
    fixture.numbers<int>("obs/day/codes", {0, 1, 1, 0});
    fixture.group("obs/day", "categorical");
  }
  SECTION("of nullable strings") {
    fixture.texts("obs/day/categories/values", {"2", "0"});
    fixture.booleans("obs/day/categories/mask", {0, 0});
    fixture.numbers<signed char>("obs/day/codes", {0, 1, 1, 0});
  }
  reads(fixture);
}

TEST_CASE("ordered categories that are ranges are ranks", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  const bool ordered = GENERATE(true, false);
  write_categorical(fixture, {"day0-5", "day6-10"}, {1, 0, 0, 1}, ordered);
  const DataFile file = read_data(fixture.finish(), {});
  CHECK(file.data.snapshots[0].time == (ordered ? 0 : 2.5));
  CHECK(file.data.snapshots[1].time == (ordered ? 1 : 8));
  CHECK(file.warnings.size() == (ordered ? 1 : 0));
}

TEST_CASE("nullable columns", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  SECTION("integers") {
    fixture.numbers<long>("obs/day/values", {2, 0, 0, 2});
    fixture.group("obs/day", "nullable-integer");
  }
  SECTION("strings") {
    fixture.texts("obs/day/values", {"2", "0", "0", "2"});
    fixture.group("obs/day", "nullable-string-array");
  }
  fixture.booleans("obs/day/mask", {0, 0, 0, 0});
  reads(fixture);
}

TEST_CASE("missing times are counted", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  SECTION("code -1") { write_categorical(fixture, {"0", "2"}, {-1, 0, 1, -1}); }
  SECTION("a category that stands for no value") {
    write_categorical(fixture, {"0", "2", "nan"}, {2, 0, 1, 2});
  }
  SECTION("NaN") { fixture.numbers<double>("obs/day", {NAN, 0, 2, NAN}); }
  SECTION("masked numbers") {
    fixture.numbers<long>("obs/day/values", {1, 0, 2, 1});
    fixture.booleans("obs/day/mask", {1, 0, 0, 1});
  }
  SECTION("masked strings") {
    fixture.texts("obs/day/values", {"1", "0", "2", "1"});
    fixture.booleans("obs/day/mask", {1, 0, 0, 1});
  }
  refuses(fixture, {"2 of 4 cells have no time", "'day'"});
}

TEST_CASE("layout of anndata 0.7: categories beside the columns", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  fixture.numbers<signed char>("obs/day", {1, 0, 0, 1});
  fixture.texts("obs/__categories/day", {"d0", "d2"});
  const std::string path = fixture.finish();
  has_the_cells(read_data(path, {}));
  CHECK(H5adFrame(hdf5::Node::open(path), "obs").columns() == std::vector<std::string>{"day"});
}

TEST_CASE("layout of anndata 0.6: tables of records", "[h5ad]") {
  struct Row {
    char index[4];
    signed char day;
    float score;
  };
  struct Position {
    float x_pca[3];
    double x_umap[2];
  };
  H5adFixture fixture;
  const Id row(H5Tcreate(H5T_COMPOUND, sizeof(Row)));
  H5Tinsert(row.get(), "index", HOFFSET(Row, index), H5adFixture::text_type(4).get());
  H5Tinsert(row.get(), "day", HOFFSET(Row, day), H5T_NATIVE_SCHAR);
  H5Tinsert(row.get(), "score", HOFFSET(Row, score), H5T_NATIVE_FLOAT);
  const Row rows[] = {{"c0", 1, 0.5F}, {"c1", 0, 0.5F}, {"c2", 0, 0.5F}, {"c3", 1, 0.5F}};
  fixture.dataset("obs", row, {4}, rows);
  fixture.texts("uns/day_categories", {"d0", "d2"});

  const Id position(H5Tcreate(H5T_COMPOUND, sizeof(Position)));
  const hsize_t three = 3, two = 2;
  H5Tinsert(position.get(), "X_pca", HOFFSET(Position, x_pca),
            Id(H5Tarray_create2(H5T_NATIVE_FLOAT, 1, &three)).get());
  H5Tinsert(position.get(), "X_umap", HOFFSET(Position, x_umap),
            Id(H5Tarray_create2(H5T_NATIVE_DOUBLE, 1, &two)).get());
  const Position positions[] = {
      {{0, 1, 2}, {0, 5}}, {{10, 11, 12}, {1, 5}}, {{20, 21, 22}, {2, 5}}, {{30, 31, 32}, {3, 5}}};
  fixture.dataset("obsm", position, {4}, positions);

  const std::string path = fixture.finish();
  has_the_cells(read_data(path, {}));
  DataOptions options;
  options.dims = 2;
  CHECK(read_data(path, options).data.snapshots[1].cells == Matrix<float>{{0, 1}, {30, 31}});
  options.dims = 1;
  options.embedding_key = "X_umap";
  CHECK(read_data(path, options).data.snapshots[0].cells == Matrix<float>{{1}, {2}});
}

TEST_CASE("the index may have any name and type", "[h5ad]") {
  H5adFixture fixture;
  const std::string name = GENERATE("cell id", "index");
  fixture.numbers<int>("obs/" + name, {7, 8, 9, 10});
  if (name != "index") H5adFixture::text_attribute(fixture.group("obs"), "_index", name);
  fixture.with_day().with_pca();
  const DataFile file = read_data(fixture.finish(), {});
  CHECK(file.names == std::vector<std::string>{"7", "8", "9", "10"});
  CHECK(file.time_key == "day");
}

TEST_CASE("a column whose name has a slash is known by column-order", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells().numbers<long>("obs/culture/day", {2, 0, 0, 2});
  H5adFixture::text_list_attribute(fixture.group("obs"), "column-order", {"culture/day"});
  DataOptions options;
  options.time_key = "culture/day";
  CHECK(read_data(fixture.finish(), options).data.snapshots[1].time == 2);
}

TEST_CASE("columns that cannot be times are refused by name", "[h5ad]") {
  H5adFixture fixture;
  fixture.with_cells();
  SECTION("null") {
    fixture.group("obs");
    H5adFixture::text_attribute(fixture.null("obs/day"), "encoding-type", "null");
    refuses(fixture, {"obs/day", "'null'"});
  }
  SECTION("an encoding of the future") {
    fixture.group("obs/day", "fancy-array");
    refuses(fixture, {"obs/day", "'fancy-array'"});
  }
  SECTION("a wrong length") {
    fixture.numbers<double>("obs/day", {0, 1, 2});
    refuses(fixture, {"obs/day", "3 values", "4"});
  }
  SECTION("two axes") {
    fixture.numbers<double>("obs/day", {0, 1, 2, 3}, {2, 2});
    refuses(fixture, {"obs/day", "2 axes"});
  }
  SECTION("a code beyond the categories") {
    write_categorical(fixture, {"0", "2"}, {0, 1, 2, 0});
    refuses(fixture, {"obs/day/codes", "code 2", "2 categories"});
  }
  SECTION("a category that is there twice") {
    write_categorical(fixture, {"0", "2", "0"}, {0, 1, 1, 0});
    refuses(fixture, {"obs/day/categories", "'0' twice"});
  }
  SECTION("a mask of another length") {
    fixture.numbers<long>("obs/day/values", {1, 0, 2, 1});
    fixture.booleans("obs/day/mask", {1, 0});
    refuses(fixture, {"obs/day", "mask"});
  }
  SECTION("no number in the strings") {
    fixture.texts("obs/day", {"naive", "primed", "naive", "primed"});
    refuses(fixture, {"obs column 'day'", "'naive'", "--time-map"});
  }
  SECTION("no column at all") { refuses(fixture, {"no obs column", "--time-key"}); }
}
