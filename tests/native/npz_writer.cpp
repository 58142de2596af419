#include "native/npz_writer.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <utility>

#include "native/io/numpy/npy.hpp"

namespace cellmnn {
namespace {

std::string deflated(std::string_view bytes) {
  z_stream stream = {};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string result(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, Z_FINISH);  // the bound makes one call enough
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

}  // namespace

void ZipWriter::add(const std::string& name, std::string_view bytes) {
  const std::string data = deflated(bytes);
  const auto crc =
      static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  const ZipEntry entry{name, Z_DEFLATED, crc, data.size(), bytes.size(), archive_.size()};
  archive_ += ZipDirectory::header(entry) + data;
  directory_.add(entry);
}

std::string ZipWriter::finish() {
  archive_ += directory_.finish(archive_.size());
  return std::move(archive_);
}

std::string npy_of_texts(const std::vector<std::string>& texts) {
  const Index length = std::max(Index{1}, longest_text(texts));
  return npy_header_bytes("<U" + std::to_string(length), {std::ssize(texts)}) + npy_text_bytes(texts, length);
}

}  // namespace cellmnn
