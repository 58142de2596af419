#include "native/io/files/gzip.hpp"

#include <zlib.h>

#include "catch.hpp"

using namespace cellmnn;

TEST_CASE("packed bytes are the same when unpacked", "[gzip]") {
  std::string bytes = GENERATE(std::string(), std::string("x"), std::string(1000000, 'a'));
  for (std::size_t i = 0; i < bytes.size(); i += 7) bytes[i] = static_cast<char>(i * i % 251);
  const std::string packed = gzipped(bytes);
  CHECK(packed == gzipped(bytes));
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string unpacked(bytes.size() + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(unpacked.data());
  stream.avail_out = static_cast<uInt>(unpacked.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  unpacked.resize(stream.total_out);
  inflateEnd(&stream);
  CHECK(unpacked == bytes);
}
