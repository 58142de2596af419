#include "native/commands/pages/base64.hpp"

#include <string>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("base64 is that of RFC 4648", "[base64]") {
  CHECK(base64("").empty());
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foob") == "Zm9vYg==");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64(std::string("\xff\xfb\0\x80", 4)) == "//sAgA==");
}
