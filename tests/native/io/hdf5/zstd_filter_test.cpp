#include "native/io/hdf5/zstd_filter.hpp"

#include "catch.hpp"

using namespace cellmnn;
using namespace std::string_literals;

namespace {

// What ZSTD_compress makes of few bytes: the magic number, one segment of a known size, a last block as it
// is.
const std::string kFrame =
    "\x28\xB5\x2F\xFD\x20\x03\x19\x00\x00"
    "abc"s;

}  // namespace

TEST_CASE("Zstandard: a frame of the expected size", "[zstd]") {
  CHECK(zstd_decompressed(kFrame, 3) == "abc");
  // A block of one byte that is repeated.
  CHECK(zstd_decompressed("\x28\xB5\x2F\xFD\x20\x0C\x63\x00\x00z"s, 12) == std::string(12, 'z'));
}

TEST_CASE("Zstandard: other sizes and damaged frames give nothing", "[zstd]") {
  for (const std::size_t size : {0U, 2U, 4U}) CHECK_FALSE(zstd_decompressed(kFrame, size));
  for (std::size_t end = 0; end < kFrame.size(); ++end)
    CHECK_FALSE(zstd_decompressed(kFrame.substr(0, end), 3));
  CHECK_FALSE(zstd_decompressed("abc", 3));
}
