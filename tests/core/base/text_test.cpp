#include "base/text.hpp"

#include <limits>

#include "catch.hpp"

using cellmnn::listed;
using cellmnn::text;

TEST_CASE("Numbers read as a person writes them", "[text]") {
  CHECK(text(3.0) == "3");
  CHECK(text(-0.25) == "-0.25");
  CHECK(text(0.0) == "0");
  CHECK(text(-0.0) == "0");
  CHECK(text(2.1) == "2.1");
  CHECK(text(1.0 / 3) == "0.333333");
  CHECK(text(1500.0) == "1500");
  CHECK(text(1.5e-9) == "1.5e-9");
  CHECK(text(-2e12) == "-2e12");
  CHECK(text(1.7e308) == "1.7e308");
  CHECK(text(-2.5e-310) == "-2.5e-310");
  CHECK(text(std::numeric_limits<double>::denorm_min()) == "4.940656e-324");
  CHECK(text(0.00999999999999) == "1e-2");
  CHECK(text(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(text(-std::numeric_limits<double>::infinity()) == "-inf");
  CHECK(text(std::numeric_limits<double>::quiet_NaN()) == "nan");
}

TEST_CASE("Lists read as a person writes them", "[text]") {
  CHECK(listed({}).empty());
  CHECK(listed({2.0}) == "2");
  CHECK(listed({2.0, 3.5}) == "2 and 3.5");
  CHECK(listed({2.0, 3.5, 7.0}) == "2, 3.5 and 7");
}
