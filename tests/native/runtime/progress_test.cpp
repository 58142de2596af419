#include "native/runtime/progress.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("there may be nothing to do", "[progress]") {
  Progress progress("reading", "cell", 0, true);
  CHECK_NOTHROW(progress.advance(0));
}
