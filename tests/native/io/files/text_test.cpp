#include "native/io/files/text.hpp"

#include <cmath>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("numbers are written in the shortest way that reads back", "[text]") {
  CHECK(number_text(3.0) == "3");
  CHECK(number_text(-0.5) == "-0.5");
  CHECK(number_text(100000.0) == "100000");
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(0.1F) == "0.1");
  CHECK(number_text(1e-9) == "1e-09");
  for (const double value : {1.0 / 3, 2e300, -1.5e-300, 123456789.25})
    CHECK(parse_number(number_text(value)) == value);
}

TEST_CASE("a number must be the whole text", "[text]") {
  CHECK(parse_number(" 2.5\t") == 2.5);
  CHECK(parse_number("+4") == 4);
  CHECK(parse_number("1e3") == 1000);
  CHECK(std::isnan(parse_number("nan").value()));
  CHECK(std::isinf(parse_number("-inf").value()));
  for (const char* text : {"", "2.5x", "1 2", "+-1", "day1", "0x10", "1,5"}) {
    INFO(text);
    CHECK_FALSE(parse_number(text));
  }
}

TEST_CASE("missing values have several names", "[text]") {
  for (const char* text : {"", " ", "NA", "NaN", "nan", "None", "<NA>", "null"}) CHECK(is_missing(text));
  for (const char* text : {"0", "na1", "day0"}) CHECK_FALSE(is_missing(text));
}

TEST_CASE("long lists of names are cut", "[text]") {
  CHECK(quoted_list({}).empty());
  CHECK(quoted_list({"a", "b"}) == "'a', 'b'");
  CHECK(quoted_list(std::vector<std::string>(14, "x")).ends_with("'x' and 2 others"));
}

TEST_CASE("what a message quotes stays on its line", "[text]") {
  CHECK(one_line("the label 'a\nb\r\x1B' \xC3\xA9") == "the label 'a b  ' \xC3\xA9");
  const std::string cut = one_line("begin " + std::string(5000, 'x') + " end");
  CHECK(cut.size() < 2100);
  CHECK(cut.starts_with("begin x"));
  CHECK(cut.ends_with("x end"));
}
