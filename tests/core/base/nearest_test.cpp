#include "cellmnn/nearest.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("the nearest word is suggested if it is near enough to be meant", "[nearest]") {
  const std::vector<std::string> known = {"--steps", "--seed", "--sigma", "--lambda-kinetic"};
  CHECK(nearest("--step", known) == "--steps");
  CHECK(nearest("--sed", known) == "--seed");
  CHECK(nearest("--lamda-kinetik", known) == "--lambda-kinetic");
  CHECK(nearest("--verbose", known).empty());
  CHECK(nearest("", known).empty());
  CHECK(nearest("pou5f1", {"POLR2A", "POU5F1"}) == "POU5F1");  // letter case aside
}
