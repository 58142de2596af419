#include "native/io/hdf5/lzf_filter.hpp"

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("LZF: literals and copies", "[lzf]") {
  using namespace std::string_literals;
  CHECK(lzf_decompressed("", 10) == "");
  CHECK(lzf_decompressed("\x02"
                         "abc"s,
                         3) == "abc");
  // "ab", then 3 bytes from 2 back, then 9 + 2 bytes from 1 back.
  CHECK(lzf_decompressed("\x01"
                         "ab\x20\x01"s,
                         100) == "ababa");
  CHECK(lzf_decompressed("\x00"
                         "a\xE0\x02\x00"s,
                         100) == std::string(12, 'a'));
}

TEST_CASE("LZF: damaged data give nothing", "[lzf]") {
  using namespace std::string_literals;
  CHECK_FALSE(
      lzf_decompressed("\x05"
                       "abc"s,
                       10));                   // fewer literals than promised
  CHECK_FALSE(lzf_decompressed("\x20"s, 10));  // a copy without its distance
  CHECK_FALSE(
      lzf_decompressed("\x00"
                       "a\xE0\x02"s,
                       100));  // a long copy without its distance
  CHECK_FALSE(
      lzf_decompressed("\x00"
                       "a\x20\x05"s,
                       10));  // from before the beginning
  CHECK_FALSE(
      lzf_decompressed("\x02"
                       "abc"s,
                       2));  // more than there is room for
  CHECK_FALSE(
      lzf_decompressed("\x00"
                       "a\xE0\xFF\x00"s,
                       50));
}
