// Format: PKWARE APPNOTE.TXT 6.3, section 4.3.
#include <zlib.h>

#include <new>
#include <utility>

#include "native/io/little_endian.hpp"
#include "native/io/zip.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kLimit = 4'290'000'000;  // below 2^32, with room for the directory
constexpr std::uint16_t kVersion = 20;         // deflate
constexpr std::uint16_t kUtf8Names = 1 << 11;
constexpr std::uint16_t kDate = (1 << 5) | 1;  // 1 January 1980, the earliest there is

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
  if (bytes.size() > kLimit || archive_.size() > kLimit - bytes.size()) {
    throw Error(ErrorCode::bad_input,
                "the array '" + name + "' takes the .npz file over 4 GiB: write .h5ad instead");
  }
  const std::string data = deflated(bytes);
  std::string common;  // the part that both headers share
  append_little<std::uint16_t>(common, kVersion);
  append_little<std::uint16_t>(common, kUtf8Names);
  append_little<std::uint16_t>(common, Z_DEFLATED);
  append_little<std::uint16_t>(common, 0);  // time of day
  append_little<std::uint16_t>(common, kDate);
  append_little(common, static_cast<std::uint32_t>(
                            crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size())));
  append_little(common, static_cast<std::uint32_t>(data.size()));
  append_little(common, static_cast<std::uint32_t>(bytes.size()));
  append_little(common, static_cast<std::uint16_t>(name.size()));
  append_little<std::uint16_t>(common, 0);  // extra fields

  directory_ += "PK\1\2";
  append_little<std::uint16_t>(directory_, kVersion);
  directory_ += common;
  directory_.append(10, '\0');  // comment, disk, attributes
  append_little(directory_, static_cast<std::uint32_t>(archive_.size()));
  directory_ += name;

  archive_ += "PK\3\4" + common + name + data;
  ++entries_;
}

std::string ZipWriter::finish() {
  const std::size_t offset = archive_.size();
  archive_ += directory_ + "PK\5\6";
  archive_.append(4, '\0');  // disks
  append_little(archive_, entries_);
  append_little(archive_, entries_);
  append_little(archive_, static_cast<std::uint32_t>(directory_.size()));
  append_little(archive_, static_cast<std::uint32_t>(offset));
  append_little<std::uint16_t>(archive_, 0);  // comment
  return std::move(archive_);
}

}  // namespace cellmnn
