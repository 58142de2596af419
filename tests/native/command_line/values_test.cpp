#include "native/command_line/values.hpp"

#include "catch.hpp"
#include "cellmnn/error.hpp"

using namespace cellmnn;

namespace {

template <typename F>
std::string usage_message(const F& parse) {
  try {
    parse();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("whole numbers are read exactly or refused", "[values]") {
  CHECK(parse_whole("--n", "12", 1) == 12);
  CHECK(parse_whole("--n", "9", 1, 9) == 9);
  CHECK(usage_message([] { parse_whole("--n", "10", 1, 9); }) ==
        "--n is '10', but must be a whole number from 1 to 9");
  CHECK(parse_whole("--n", "-3", -5) == -3);
  for (const char* text : {"", "x", "1.5", "1e3", "12 ", "99999999999999999999", "0"}) {
    CHECK(usage_message([&] { parse_whole("--n", text, 1); }) ==
          "--n is '" + std::string(text) + "', but must be a whole number of at least 1");
  }
}

TEST_CASE("seeds have 64 bits and no sign", "[values]") {
  CHECK(parse_seed("--seed", "18446744073709551615") == 18446744073709551615ULL);
  CHECK(usage_message([] { parse_seed("--seed", "-1"); }).find("--seed is '-1'") == 0);
}

TEST_CASE("numbers are finite", "[values]") {
  CHECK(parse_number("--x", "-2.5e-1") == -0.25);
  for (const char* text : {"", "nan", "inf", "1e999", "1,5", "two"}) {
    CHECK(usage_message([&] { parse_number("--x", text); }).find("--x is '") == 0);
  }
}

TEST_CASE("lists have no empty entry", "[values]") {
  CHECK(parse_list("--l", "a,b c,d") == std::vector<std::string>{"a", "b c", "d"});
  CHECK(parse_numbers("--l", "1,2.5,-3") == std::vector<double>{1, 2.5, -3});
  for (const char* text : {"", ",", "a,", ",a", "a,,b"}) {
    CHECK(usage_message([&] { parse_list("--l", text); }).find("without empty entries") != std::string::npos);
  }
}

TEST_CASE("pairs have names with anything in them", "[values]") {
  const auto levels = [](const std::string& text) {
    return parse_assignments("--pairs", text, "NAME=LEVEL pairs, each name once");
  };
  const auto values = levels("day 0=0,a=b=2.5,E6.5, early=6.5,E6.5, late=6.75");
  CHECK(values.size() == 4);
  CHECK(values.at("day 0") == 0);
  CHECK(values.at("a=b") == 2.5);
  CHECK(values.at("E6.5, early") == 6.5);
  CHECK(values.at("E6.5, late") == 6.75);
  CHECK(usage_message([&] { levels("day"); }).find("NAME=LEVEL") != std::string::npos);
  CHECK(usage_message([&] { levels("a=1,day"); }).find("NAME=LEVEL") != std::string::npos);
  CHECK(usage_message([&] { levels("=1"); }).find("NAME=LEVEL") != std::string::npos);
  CHECK(usage_message([&] { levels("a=x"); }).find("but must be a number") != std::string::npos);
  CHECK(usage_message([&] { levels("a=1,a=2"); }).find("each name once") != std::string::npos);
}

TEST_CASE("a choice is one of those offered", "[values]") {
  CHECK_NOTHROW(require_choice("--p", "paper", {"honest", "paper"}));
  CHECK(usage_message([] {
          require_choice("--p", "papr", {"honest", "none", "paper"});
        }) == "--p is 'papr', but must be honest, none or paper");
}

TEST_CASE("a message about an option names it as the command line does", "[values]") {
  CHECK(message_of(Error(ErrorCode::usage, "kinetic_step", " is 0; expected a number above 0")) ==
        "--kinetic-step is 0; expected a number above 0");
  CHECK(message_of(Error(ErrorCode::numerical, "steps went wrong")) == "steps went wrong");
}
