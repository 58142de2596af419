#include "native/io/time_courses/time_labels.hpp"

#include <limits>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/time_courses/data_file.hpp"

using namespace cellmnn;

namespace {

LabelColumn categorical(std::vector<std::string> labels, std::vector<std::int32_t> codes, bool ordered) {
  return {std::move(labels), {}, std::move(codes), ordered};
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
  CHECK_THROWS_MATCHES(time_of_label("day" + std::string(400, '9')), Error,
                       error_with(ErrorCode::bad_input, {"too large", "--time-map"}));
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
    const LabelTimes mapped =
        times_of_labels(categorical(labels, {0, 1, 2}, true), {{{"day0-5", 3}}, "", ""});
    CHECK(mapped.times == std::vector<double>{3, 8.5, 14.5});
  }
}

TEST_CASE("ranges whose order contradicts their numbers stand for their middles", "[time]") {
  const std::vector<std::string> sorted = {"day0-3", "day12-15", "day4-7"};
  const LabelTimes middles = times_of_labels(categorical(sorted, {0, 1, 2}, true), {});
  CHECK(middles.times == std::vector<double>{1.5, 13.5, 5.5});
  REQUIRE(middles.notes.size() == 1);
  CHECK_THAT(middles.notes[0], Catch::Matchers::ContainsSubstring("'day12-15', 'day4-7'") &&
                                   Catch::Matchers::ContainsSubstring("middles"));
}

TEST_CASE("a map of times goes before everything else", "[time]") {
  const LabelColumn text = label_column(std::vector<std::string>{"naive", "primed", "day4"});
  CHECK(times_of_labels(text, {{{"naive", 0}, {"primed", 2.5}}, "", ""}).times ==
        std::vector<double>{0, 2.5, 4});
  const LabelColumn numbers = label_column(std::vector<double>{1, 2});
  CHECK(times_of_labels(numbers, {{{"2", 7}}, "", ""}).times == std::vector<double>{1, 7});
  CHECK_THROWS_MATCHES(
      times_of_labels(text, {{{"primary", 1}}, "", ""}), Error,
      error_with(ErrorCode::usage, {"--time-map", "'primary'", "'naive', 'primed', 'day4'"}));
  CHECK_THROWS_MATCHES(times_of_labels(text, {{{"naive", std::numeric_limits<double>::infinity()}}, "", ""}),
                       Error, error_with(ErrorCode::usage, {"naive", "not finite"}));
}

namespace {

LabelTimes read(const std::vector<std::string>& labels, const std::string& unit = "",
                const std::string& key = "") {
  return times_of_labels(label_column(labels), {{}, unit, key});
}

}  // namespace

TEST_CASE("units that differ are converted to the largest", "[time]") {
  const LabelTimes days = read({"0d", "8h", "1d", "36h"});
  CHECK(days.times == std::vector<double>{0, 8.0 / 24, 1, 1.5});
  CHECK(days.unit == "d");
  REQUIRE(days.notes.size() == 1);
  CHECK_THAT(days.notes[0],
             Catch::Matchers::ContainsSubstring("unit d") && Catch::Matchers::ContainsSubstring("36h = 1.5"));
  CHECK(read({"30 min", "1h", "2h"}).times == std::vector<double>{0.5, 1, 2});
  CHECK(read({"24hpf", "3 dpf"}).times == std::vector<double>{1, 3});
  CHECK(read({"0", "12 hours", "week 1"}).times == std::vector<double>{0, 0.5 / 7, 1});
  CHECK(read({"0-6h", "1-2d"}).times == std::vector<double>{0.125, 1.5});
}

TEST_CASE("one unit, or a number alone, stays as it is", "[time]") {
  CHECK(read({"day0", "D3", "7d", "10"}).times == std::vector<double>{0, 3, 7, 10});
  CHECK(read({"day0", "D3", "7d", "10"}).notes.empty());
  CHECK(read({"0", "d1"}).times == std::vector<double>{0, 1});
  CHECK(read({"ctrl_0h", "LPS_6h"}).times == std::vector<double>{0, 6});
  CHECK(read({"2-cell", "8-cell"}).times == std::vector<double>{2, 8});
  CHECK(read({"12h", "24h"}).unit == "h");
  CHECK(read({"E6.5, early", "E7.5, late"}).times == std::vector<double>{6.5, 7.5});
  CHECK(read({"t0", "t1_b"}).unit.empty());
}

TEST_CASE("labels that do not count in one way are refused", "[time]") {
  const auto refuses = [](const std::vector<std::string>& labels, const std::vector<std::string>& parts) {
    INFO(labels[0]);
    CHECK_THROWS_MATCHES(read(labels), Error, error_with(ErrorCode::bad_input, parts));
  };
  refuses({"E18", "P2"}, {"'E18' and 'P2'", "--time-map \"E18=TIME,P2=TIME\""});
  refuses({"50% epiboly", "5 somites"}, {"'50% epiboly'", "'5 somites'", "--time-map"});
  refuses({"30% epiboly", "24hpf"}, {"'30% epiboly'", "'24hpf'"});
  refuses({"mid2cell", "late2cell"}, {"'mid2cell'", "'late2cell'"});
  refuses({"8h", "3", "1d"}, {"'3'", "'8h'"});
  refuses({"day 18", "P2"}, {"'day 18'", "'P2'"});
  const LabelColumn column = label_column(std::vector<std::string>{"E18", "P2"});
  CHECK(times_of_labels(column, {{{"P2", 21}}, "", ""}).times == std::vector<double>{18, 21});
}

TEST_CASE("a unit that is asked for", "[time]") {
  CHECK(read({"0h", "36h"}, "d").times == std::vector<double>{0, 1.5});
  CHECK(read({"0h", "36h"}, "d").unit == "d");
  CHECK(read({"0", "36"}, "d", "hour").times == std::vector<double>{0, 1.5});
  CHECK(read({"0", "36"}, "", "hour").unit == "h");
  CHECK(read({"0", "36"}, "sweeps", "stage").unit == "sweeps");
  CHECK(read({"0", "36"}, "sweeps", "stage").times == std::vector<double>{0, 36});
  CHECK_THROWS_MATCHES(read({"0h", "36h"}, "sweeps"), Error,
                       error_with(ErrorCode::usage, {"--time-unit is 'sweeps'", "in h"}));
  CHECK_THROWS_MATCHES(times_of_labels(categorical({"d0-5", "d6-9"}, {0, 1}, true), {{}, "d", ""}), Error,
                       error_with(ErrorCode::usage, {"--time-unit", "ranks", "--time-map"}));
}

TEST_CASE("a dash is a minus beside labels without one", "[time]") {
  const LabelTimes signs = read({"D-7", "D-4", "D0", "D3"});
  CHECK(signs.times == std::vector<double>{-7, -4, 0, 3});
  REQUIRE(signs.notes.size() == 1);
  CHECK_THAT(signs.notes[0], Catch::Matchers::ContainsSubstring("'D-7', 'D-4'") &&
                                 Catch::Matchers::ContainsSubstring("a minus, because 'D0'"));
  CHECK(read({"day_-3", "day_2"}).times == std::vector<double>{-3, 2});
  CHECK(read({"D\u22127", "D\u22124"}).times == std::vector<double>{-7, -4});
  CHECK(read({"D-3", "D+3"}).times == std::vector<double>{-3, 3});
  CHECK(read({"day 0\u20133", "day 4\u20137"}).times == std::vector<double>{1.5, 5.5});

  const LabelTimes dashes = read({"day-0", "day-3"});
  CHECK(dashes.times == std::vector<double>{0, 3});
  CHECK(dashes.notes.empty());
  const LabelTimes unclear = read({"day-1", "day-3"});
  CHECK(unclear.times == std::vector<double>{1, 3});
  REQUIRE(unclear.notes.size() == 1);
  CHECK_THAT(unclear.notes[0], Catch::Matchers::ContainsSubstring("not read as a minus") &&
                                   Catch::Matchers::ContainsSubstring("'day-1' is time 1"));
}

TEST_CASE("times are the decimals that were meant", "[time]") {
  CHECK(tidy_time(0.1F) == 0.1);
  CHECK(tidy_time(3 * 0.1) == 0.3);
  CHECK(tidy_time(123456792) == 123456792);
  CHECK(tidy_time(1.0 / 3) == Approx(1.0 / 3).epsilon(1e-14));
  const LabelCounts column = tidy_times(label_column(std::vector<double>{0.1F, 0, 0.2F, 0.1F}));
  CHECK(column.labels == std::vector<std::string>{"0", "0.1", "0.2"});
  CHECK(column.rows == std::vector<Index>{1, 2, 1});
  CHECK(tidy_times(label_column(std::vector<double>{0.3, 3 * 0.1})).labels.size() == 1);
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
