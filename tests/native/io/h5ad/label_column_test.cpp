#include "native/io/h5ad/label_column.hpp"

#include "catch.hpp"
#include "native/h5ad_fixture.hpp"
#include "native/io/h5ad/group_column.hpp"

using namespace cellmnn;

using Codes = std::vector<std::int32_t>;

TEST_CASE("text that stands for no value is missing in tables and in times", "[labels]") {
  const LabelColumn table = label_column(std::vector<std::string>{"a", "NA", "", "b", "None"});
  CHECK(table.labels == std::vector<std::string>{"a", "b"});
  CHECK(table.codes == Codes{0, -1, -1, 1, -1});

  const LabelColumn marked = label_column({"a", "NA", "b"}, {false, false, true});
  CHECK(marked.labels == std::vector<std::string>{"a", "NA"});
  CHECK(marked.codes == Codes{0, 1, -1});
  CHECK(without_missing_texts(marked).codes == Codes{0, -1, -1});
}

TEST_CASE("of categories only a negative code is missing", "[labels]") {
  H5adFixture fixture;
  fixture.with_cells();
  fixture.texts("obs/treatment/categories", {"LPS", "None", "na"});
  fixture.numbers<signed char>("obs/treatment/codes", {0, 1, 2, -1});
  fixture.group("obs/treatment", "categorical");
  const LabelColumn column = read_group_column(fixture.finish(), "treatment");
  CHECK(column.labels == std::vector<std::string>{"LPS", "None", "na"});
  CHECK(column.codes == Codes{0, 1, 2, -1});
}

TEST_CASE("rows of a column, and whether it has values", "[labels]") {
  const LabelColumn column = label_column(std::vector<double>{3, 1, 3});
  CHECK(at_rows(column, {2, 1}).codes == Codes{1, 0});
  CHECK(has_values(column));
  CHECK_FALSE(has_values(label_column(std::vector<std::string>{"", "NA"})));
  CHECK_FALSE(has_values(label_column({"", " "}, {false, false})));
}
