#include "native/io/files/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace cellmnn {

std::string gzipped(std::string_view bytes) {
  constexpr int kGzip = 15 + 16;  // the largest window, with a header of gzip
  constexpr int kMemory = 9;
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max() / 2;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string result(deflateBound(&stream, bytes.size()), '\0');
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  std::size_t done = 0;
  int state = Z_OK;
  while (state == Z_OK) {
    const std::size_t count = std::min(bytes.size() - done, kMost);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + done));
    stream.avail_in = static_cast<uInt>(count);
    stream.avail_out = static_cast<uInt>(std::min(result.size() - stream.total_out, kMost));
    done += count;
    state = deflate(&stream, done == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
    done -= stream.avail_in;
  }
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

}  // namespace cellmnn
