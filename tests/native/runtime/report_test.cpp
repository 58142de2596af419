#include "native/runtime/report.hpp"

#include <cstdint>
#include <limits>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("large numbers are grouped by thousands", "[report]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(16819) == "16,819");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(grouped(-100) == "-100");
  CHECK(grouped(-12345) == "-12,345");
  CHECK(grouped(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
}

TEST_CASE("numbers with a fixed number of digits are rounded", "[report]") {
  CHECK(fixed(1.66304, 4) == "1.6630");
  CHECK(fixed(0.00005, 3) == "0.000");
  CHECK(fixed(-2.5, 1) == "-2.5");
  CHECK(fixed(std::numeric_limits<double>::quiet_NaN(), 4) == "-");
  CHECK(fixed(std::numeric_limits<double>::infinity(), 4) == "-");
  CHECK(fixed(1e300, 1).size() == 303);
}

TEST_CASE("durations have the unit a person would choose", "[report]") {
  CHECK(duration(0.417) == "0.42 s");
  CHECK(duration(12.34) == "12.3 s");
  CHECK(duration(59.96) == "1 min 00 s");
  CHECK(duration(75) == "1 min 15 s");
  CHECK(duration(3599.7) == "1 h 00 min");
  CHECK(duration(4000) == "1 h 06 min");
}

TEST_CASE("counted things have a plural", "[report]") {
  CHECK(counted(1, "cell") == "1 cell");
  CHECK(counted(0, "cell") == "0 cells");
  CHECK(counted(16819, "cell") == "16,819 cells");
}

TEST_CASE("a table puts text to the left and numbers to the right", "[report]") {
  Table table({"method", "t = 1", "note"});
  table.add({"previous", "1.6630", "a"});
  table.add({"cellmnn (honest)", "-", ""});
  CHECK(table.text() ==
        "  method             t = 1  note\n"
        "  previous          1.6630  a\n"
        "  cellmnn (honest)       -\n");
}

TEST_CASE("a column of a table is as wide as its widest cell, in characters", "[report]") {
  Table table({"größe", "b"});
  table.add({"x", "1,000"});
  CHECK(table.text(0) ==
        "größe      b\n"
        "x      1,000\n");
}

TEST_CASE("a table as Markdown", "[report]") {
  Table table({"method", "W1"});
  table.add({"previous", "1.6"});
  CHECK(table.markdown() ==
        "| method | W1 |\n"
        "|---|---|\n"
        "| previous | 1.6 |\n");
}
