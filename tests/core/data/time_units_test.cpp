#include "cellmnn/time_units.hpp"

#include <string>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("words of units", "[time units]") {
  CHECK(std::string(unit_of_time("hours")->name) == "h");
  CHECK(unit_of_time("wk")->minutes == 7 * 24 * 60);
  CHECK(unit_of_time("mos")->minutes * 12 == unit_of_time("y")->minutes);
  CHECK(std::string(unit_of_time("secs")->name) == "s");
  for (const char* word : {"s", "m", "", "stage", "Hours"}) CHECK_FALSE(unit_of_time(word).has_value());
}

TEST_CASE("times in another unit", "[time units]") {
  CHECK(converted_times({0, 36, 48}, "h", "d") == std::vector<double>{0, 1.5, 2});
  CHECK(converted_times({0.5}, "min", "s") == std::vector<double>{30});
  CHECK(converted_times({-2}, "w", "d") == std::vector<double>{-14});
  CHECK(converted_times({}, "h", "d") == std::vector<double>{});
  CHECK_FALSE(converted_times({1}, "d", "d").has_value());
  CHECK_FALSE(converted_times({1}, "somites", "d").has_value());
  CHECK_FALSE(converted_times({1}, "d", "").has_value());
}
