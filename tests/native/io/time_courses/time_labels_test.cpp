#include "native/io/time_courses/time_labels.hpp"

#include <limits>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/time_courses/data_file.hpp"
#include "native/io/time_courses/time_column.hpp"

using namespace cellmnn;

namespace {

LabelColumn categorical(std::vector<std::string> labels, std::vector<std::int32_t> codes, bool ordered) {
  return {std::move(labels), {}, std::move(codes), ordered};
}

TimeColumn found(const std::map<std::string, std::vector<std::string>>& columns,
                 const DataOptions& options = {}) {
  TimeCandidates candidates{
      "f", "column", {}, [&](const std::string& name) { return label_column(columns.at(name)); }};
  for (const auto& [name, values] : columns) candidates.names.push_back(name);
  return find_time_column(candidates, options);
}

}  // namespace

TEST_CASE("the time of a label is its number", "[time]") {
  CHECK(time_of_label("day12") == 12);
  CHECK(time_of_label("3.5h") == 3.5);
  CHECK(time_of_label("E8.5") == 8.5);
  CHECK(time_of_label("Day 07") == 7);
  CHECK(time_of_label("day_3") == 3);
  CHECK(time_of_label("day-3") == 3);
  CHECK(time_of_label("d.2") == 2);
  CHECK(time_of_label("-1.5") == -1.5);
  CHECK(time_of_label("-2 days") == -2);
  CHECK(time_of_label("day -2") == -2);
  CHECK(time_of_label(" 1e2 ") == 100);
}

TEST_CASE("a range stands for its middle", "[time]") {
  CHECK(time_of_label("24-30") == 27);
  CHECK(time_of_label("day0-5") == 2.5);
  CHECK(time_of_label("Day 00-03") == 1.5);
  CHECK(time_of_label("0.5 - 1.5 h") == 1);
}

TEST_CASE("labels without one clear number are refused", "[time]") {
  CHECK_THROWS_MATCHES(
      time_of_label("naive"), Error,
      error_with(ErrorCode::bad_input, {"'naive'", "no number", "--time-map \"naive=TIME\""}));
  for (const char* label : {"day2_rep1", "6-2", "3d12h", "2-4-6", "0 to 5", "2020-01-05"}) {
    INFO(label);
    CHECK_THROWS_MATCHES(time_of_label(label), Error,
                         error_with(ErrorCode::bad_input, {label, "more than one number"}));
  }
  for (const char* label : {"inf", "", "-"}) {
    CHECK_THROWS_MATCHES(time_of_label(label), Error, error_with(ErrorCode::bad_input, {"no number"}));
  }
}

TEST_CASE("text columns keep the order of their cells, numeric ones are sorted", "[time]") {
  const LabelColumn text = label_column(std::vector<std::string>{"b", "a", "NA", "b"});
  CHECK(text.labels == std::vector<std::string>{"b", "a"});
  CHECK(text.numbers.empty());
  CHECK(text.codes == std::vector<std::int32_t>{0, 1, -1, 0});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const LabelColumn numbers = label_column(std::vector<double>{10.5, 2, nan, 10.5});
  CHECK(numbers.labels == std::vector<std::string>{"2", "10.5"});
  CHECK(numbers.numbers == std::vector<double>{2, 10.5});
  CHECK(numbers.codes == std::vector<std::int32_t>{1, 0, -1, 1});
}

TEST_CASE("ordered ranges are ranks and say so", "[time]") {
  const std::vector<std::string> labels = {"day0-5", "day6-11", "day12-17"};
  const LabelTimes ranks = times_of_labels(categorical(labels, {0, 1, 2}, true), {});
  CHECK(ranks.times == std::vector<double>{0, 1, 2});
  REQUIRE(ranks.notes.size() == 1);
  CHECK_THAT(ranks.notes[0], Catch::Matchers::ContainsSubstring("ranks") &&
                                 Catch::Matchers::ContainsSubstring("day12-17 = 2"));

  SECTION("also where a range has no cell") {
    CHECK(times_of_labels(categorical(labels, {0, 2}, true), {}).times == std::vector<double>{0, 1, 2});
  }
  SECTION("not if the order carries no meaning") {
    const LabelTimes middles = times_of_labels(categorical(labels, {0, 1, 2}, false), {});
    CHECK(middles.times == std::vector<double>{2.5, 8.5, 14.5});
    CHECK(middles.notes.empty());
  }
  SECTION("not if a label is no range") {
    CHECK(times_of_labels(categorical({"day0", "day1-3"}, {0, 1}, true), {}).times ==
          std::vector<double>{0, 2});
  }
  SECTION("not if there is a map") {
    const LabelTimes mapped = times_of_labels(categorical(labels, {0, 1, 2}, true), {{"day0-5", 3}});
    CHECK(mapped.times == std::vector<double>{3, 8.5, 14.5});
  }
}

TEST_CASE("a map of times goes before everything else", "[time]") {
  const LabelColumn text = label_column(std::vector<std::string>{"naive", "primed", "day4"});
  CHECK(times_of_labels(text, {{"naive", 0}, {"primed", 2.5}}).times == std::vector<double>{0, 2.5, 4});
  const LabelColumn numbers = label_column(std::vector<double>{1, 2});
  CHECK(times_of_labels(numbers, {{"2", 7}}).times == std::vector<double>{1, 7});
  CHECK_THROWS_MATCHES(
      times_of_labels(text, {{"primary", 1}}), Error,
      error_with(ErrorCode::usage, {"--time-map", "'primary'", "'naive', 'primed', 'day4'"}));
  CHECK_THROWS_MATCHES(times_of_labels(text, {{"naive", std::numeric_limits<double>::infinity()}}), Error,
                       error_with(ErrorCode::usage, {"naive", "not finite"}));
}

TEST_CASE("labels without cells need no time", "[time]") {
  CHECK_NOTHROW(times_of_labels(categorical({"day1", "unknown", "day2"}, {0, 2}, false), {}));
}

TEST_CASE("infinite times and pseudotimes are refused", "[time]") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_MATCHES(times_of_labels(label_column(std::vector<double>{1, infinity}), {}), Error,
                       error_with(ErrorCode::bad_input, {"finite"}));
  std::vector<double> pseudotime;
  for (int i = 0; i <= 1000; ++i) pseudotime.push_back(i / 1000.0);
  CHECK_THROWS_MATCHES(times_of_labels(label_column(pseudotime), {}), Error,
                       error_with(ErrorCode::bad_input, {"1001 distinct values", "at most 1000"}));
  pseudotime.pop_back();
  CHECK_NOTHROW(times_of_labels(label_column(pseudotime), {}));
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
  sort_into_snapshots(found({{"day", {"day5", "day2", "day5", "d2"}}}), file);
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
  const LabelColumn column = categorical({"1", "2", "3"}, {0, 2}, true);
  sort_into_snapshots({"day", column, {1, 2, 3}, {}}, file);
  CHECK(file.data.snapshots.size() == 2);
  REQUIRE(file.warnings.size() == 1);
  CHECK_THAT(file.warnings[0], Catch::Matchers::ContainsSubstring("'2'"));
}

TEST_CASE("cells without a time are counted and refused", "[time]") {
  DataFile file;
  file.path = "f";
  CHECK_THROWS_MATCHES(sort_into_snapshots(found({{"day", {"1", "NA", "2", ""}}}), file), Error,
                       error_with(ErrorCode::bad_input, {"2 of 4 cells have no time", "'day'"}));
}
