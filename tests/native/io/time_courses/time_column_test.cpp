#include "native/io/time_courses/time_column.hpp"

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/io/time_courses/time_labels.hpp"

using namespace cellmnn;

namespace {

TimeLookUp look_up(const LabelCounts& column) {
  return TimeLookUp({"day", column, times_of_labels(column, {}).times, {}, {}});
}

TimeColumn found(const std::map<std::string, std::vector<std::string>>& columns,
                 const DataOptions& options = {}) {
  TimeCandidates candidates{
      "f", "column", {}, [&](const std::string& name) { return label_column(columns.at(name)); }};
  for (const auto& [name, values] : columns) candidates.names.push_back(name);
  return find_time_column(candidates, options);
}

}  // namespace

TEST_CASE("rows have the times of their labels, block by block", "[time]") {
  const std::vector<std::string> days = {"d2", "day1", "d2", "day4"};
  CHECK(look_up(label_column(days))(label_column(std::vector<std::string>{"day4", "d2"})) ==
        Vector<double>{{4, 2}});
  const std::vector<double> numbers = {0.1F, 3, 0.1F};
  CHECK(look_up(tidy_times(label_column(numbers)))(label_column(std::vector<double>{3, 0.1F})) ==
        Vector<double>{{3, 0.1}});
}

TEST_CASE("rows whose times the file did not have are refused", "[time]") {
  DataFile file;
  file.path = "cells.npz";
  file.data.snapshots.resize(2);
  file.data.snapshots[1].time = 2;
  place_rows(Vector<double>{{2, 0, 2}}, 0, file);
  CHECK(file.rows == std::vector<std::vector<Index>>{{1}, {0, 2}});
  const double none = look_up(label_column(std::vector<std::string>{"1", "2"}))({{"1"}, {}, {-1}})(0);
  for (const double time : {-1.0, 1.0, 3.0, none}) {
    CHECK_THROWS_MATCHES(place_rows(Vector<double>{{0, time}}, 3, file), Error,
                         error_with(ErrorCode::bad_input, {"cells.npz: has changed while it was read"}));
  }
}

TEST_CASE("the one usual name is taken", "[time]") {
  CHECK(found({{"batch", {"1", "2"}}, {"Day", {"0", "1"}}}).key == "Day");
  for (const char* name : {"hour", "stage", "sample_labels", "Time point", "scTimeBench_timepoint"}) {
    CHECK(found({{name, {"0", "1"}}, {"cluster", {"3", "4"}}}).key == name);
  }
}

TEST_CASE("candidates that cannot be times do not make the choice ambiguous", "[time]") {
  CHECK(found({{"stage", {"naive", "primed"}}, {"day", {"0", "1"}}}).key == "day");
  CHECK(found({{"samples", {"1", "1"}}, {"day", {"0", "1"}}}).key == "day");
  DataOptions options;
  options.time_map = {{"naive", 0}, {"primed", 1}};
  CHECK(found({{"stage", {"naive", "primed"}}, {"day", {"0", "1"}}}, options).key == "stage");
}

TEST_CASE("ambiguous and absent time columns are refused with their names", "[time]") {
  CHECK_THROWS_MATCHES(
      found({{"day", {"0", "1"}}, {"hour", {"0", "24"}}}), Error,
      error_with(ErrorCode::bad_input, {"more than one column", "'day', 'hour'", "--time-key"}));
  CHECK_THROWS_MATCHES(found({{"batch", {"0", "1"}}, {"donor", {"a", "b"}}}), Error,
                       error_with(ErrorCode::bad_input, {"'batch', 'donor'", "--time-key"}));
  CHECK_THROWS_MATCHES(found({{"stage", {"naive", "primed"}}}), Error,
                       error_with(ErrorCode::bad_input, {"f: column 'stage'", "'naive'", "no number"}));
  DataOptions options;
  options.time_key = "dya";
  CHECK_THROWS_MATCHES(found({{"day", {"0", "1"}}}, options), Error,
                       error_with(ErrorCode::bad_input, {"'dya'", "--time-key", "'day'"}));
}

TEST_CASE("cells are sorted into snapshots by time", "[time]") {
  DataFile file;
  const std::vector<std::string> days = {"day5", "day2", "day5", "d2"};
  sort_into_snapshots(found({{"day", days}}), label_column(days), file);
  REQUIRE(file.data.snapshots.size() == 2);
  CHECK(file.data.snapshots[0].time == 2);
  CHECK(file.data.snapshots[0].label == "day2, d2");
  CHECK(file.data.snapshots[1].time == 5);
  CHECK(file.rows == std::vector<std::vector<Index>>{{1, 3}, {0, 2}});
  REQUIRE(file.times.size() == 3);
  CHECK(file.times[2].label == "day5");
  CHECK(file.times[2].cells == 2);
  REQUIRE(file.warnings.size() == 1);
  CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("'day2', 'd2'") &&
                                   Catch::Matchers::ContainsSubstring("one snapshot"));

  const std::vector<float*> targets = row_targets(file, &Snapshot::cells, 2);
  for (std::size_t row = 0; row < 4; ++row) targets[row][1] = static_cast<float>(row);
  CHECK(file.data.snapshots[0].cells == Matrix<float>{{0, 1}, {0, 3}});
  CHECK(file.data.snapshots[1].cells == Matrix<float>{{0, 0}, {0, 2}});
}

TEST_CASE("labels without cells make no snapshot", "[time]") {
  DataFile file;
  const LabelColumn column = {{"1", "2", "3"}, {}, {0, 2}, true};
  sort_into_snapshots({"day", column, {1, 2, 3}, {}, {}}, column, file);
  CHECK(file.data.snapshots.size() == 2);
  REQUIRE(file.warnings.size() == 1);
  CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("'2'"));
}

TEST_CASE("cells without a time are counted and refused", "[time]") {
  DataFile file;
  file.path = "f";
  CHECK_THROWS_MATCHES(make_snapshots(found({{"day", {"1", "NA", "2", ""}}}), file), Error,
                       error_with(ErrorCode::bad_input, {"2 of 4 cells have no time", "'day'"}));
}
