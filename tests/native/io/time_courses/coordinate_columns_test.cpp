#include "native/io/time_courses/coordinate_columns.hpp"

#include "catch.hpp"

using namespace cellmnn;

namespace {

ColumnFacts numbers(const std::string& name) { return {name, false, 10, 0, false}; }
ColumnFacts texts(const std::string& name) { return {name, false, 0, 10, false}; }
ColumnFacts rows(const std::string& name) { return {name, false, 10, 0, true}; }
ColumnFacts time_column(const std::string& name) { return {name, true, 0, 0, false}; }

using Columns = std::vector<std::size_t>;

}  // namespace

TEST_CASE("numbered columns make arrays", "[columns]") {
  const auto arrays = numbered_arrays({"PC_2", "PC_1", "x0", "x1", "x3", "gene7", "n", "12"});
  REQUIRE(arrays.size() == 2);
  CHECK(arrays[0].name == "PC");
  CHECK(arrays[0].columns == Columns{1, 0});
  CHECK(arrays[0].after_gap.empty());
  CHECK(arrays[1].columns == Columns{2, 3});
  CHECK(arrays[1].after_gap == "x3");
}

TEST_CASE("named components win over all else", "[columns]") {
  const ColumnChoice choice =
      choose_columns({rows("Unnamed: 0"), time_column("day"), numbers("n_counts"), numbers("UMAP_1"),
                      numbers("UMAP_2"), numbers("PC1"), numbers("PC2"), numbers("x1"), numbers("x2")},
                     {});
  CHECK(choice.names == std::size_t{0});
  CHECK(choice.array == "PC");
  CHECK(choice.coordinates == Columns{5, 6});
}

TEST_CASE("what stays beside coordinates of a name that says little is named", "[columns]") {
  const ColumnChoice choice = choose_columns(
      {time_column("day"), numbers("x1"), numbers("x2"), texts("note"), numbers("n_counts")}, {});
  CHECK(choice.coordinates == Columns{1, 2});
  REQUIRE(choice.notes.size() == 2);
  CHECK_THAT(choice.notes[0], Catch::Matchers::ContainsSubstring("without numbers") &&
                                  Catch::Matchers::ContainsSubstring("'note'"));
  CHECK_THAT(choice.notes[1], Catch::Matchers::ContainsSubstring("besides those of 'x'") &&
                                  Catch::Matchers::ContainsSubstring("'n_counts'"));
}

TEST_CASE("without known arrays all numbers are taken that can be coordinates", "[columns]") {
  const ColumnChoice choice =
      choose_columns({numbers("a"), time_column("day"), rows("cell_nr"), texts("note"), numbers("leiden"),
                      numbers("pct_counts_mt"), numbers("UMAP_1"), numbers("UMAP_2"), numbers("b")},
                     {});
  CHECK_FALSE(choice.names);
  CHECK(choice.array.empty());
  CHECK(choice.coordinates == Columns{0, 8});
  REQUIRE(choice.notes.size() == 3);
  CHECK_THAT(choice.notes[0], Catch::Matchers::ContainsSubstring("'note'"));
  CHECK_THAT(choice.notes[1], Catch::Matchers::ContainsSubstring("'cell_nr'"));
  CHECK_THAT(choice.notes[2],
             Catch::Matchers::ContainsSubstring("'leiden', 'pct_counts_mt', 'UMAP_1', 'UMAP_2'"));
}

TEST_CASE("a picture is better than nothing, and is named", "[columns]") {
  const ColumnChoice choice = choose_columns({time_column("day"), numbers("UMAP_1"), numbers("UMAP_2")}, {});
  CHECK(choice.coordinates == Columns{1, 2});
  REQUIRE(choice.notes.size() == 1);
  CHECK_THAT(choice.notes[0], Catch::Matchers::ContainsSubstring("picture"));
}

TEST_CASE("names of cells are text, row numbers, or headed so", "[columns]") {
  CHECK(choose_columns({texts("who"), numbers("a")}, {}).names == std::size_t{0});
  CHECK(choose_columns({rows("V1"), numbers("a")}, {}).names == std::size_t{0});
  CHECK(choose_columns({numbers("index"), numbers("a")}, {}).names == std::size_t{0});
  CHECK(choose_columns({numbers("a"), texts("barcode")}, {}).names == std::size_t{1});
  CHECK_FALSE(choose_columns({numbers("a"), numbers("b")}, {}).names);
  CHECK_FALSE(choose_columns({time_column("day"), texts("state")}, {}).names);
}

TEST_CASE("an array that is asked for", "[columns]") {
  const std::vector<ColumnFacts> columns = {numbers("PC1"), numbers("PC2"), numbers("other.0"),
                                            numbers("other.1")};
  CHECK(choose_columns(columns, "other").coordinates == Columns{2, 3});
  CHECK(choose_columns(columns, "pc").coordinates == Columns{0, 1});
  CHECK(choose_columns(columns, "umap").coordinates.empty());
}
