#include "native/io/files/zip_records.hpp"

#include "native/io/files/little_endian.hpp"

namespace cellmnn {
namespace {

constexpr std::uint16_t kVersion = 20;  // deflate
constexpr std::uint16_t kFollows = 1 << 3;
constexpr std::uint16_t kUtf8Names = 1 << 11;
constexpr std::uint16_t kDate = (1 << 5) | 1;  // 1 January 1980, the earliest there is

void append_sizes(std::string& record, const ZipEntry& entry) {
  append_little(record, entry.crc);
  append_little(record, static_cast<std::uint32_t>(entry.compressed_size));
  append_little(record, static_cast<std::uint32_t>(entry.size));
}

/// The part that both headers of an entry share.
std::string common_part(const ZipEntry& entry, bool follows) {
  std::string record;
  append_little<std::uint16_t>(record, kVersion);
  append_little<std::uint16_t>(record, follows ? kUtf8Names | kFollows : kUtf8Names);
  append_little(record, static_cast<std::uint16_t>(entry.method));
  append_little<std::uint16_t>(record, 0);  // time of day
  append_little<std::uint16_t>(record, kDate);
  append_sizes(record, entry);
  append_little(record, static_cast<std::uint16_t>(entry.name.size()));
  append_little<std::uint16_t>(record, 0);  // extra fields
  return record;
}

}  // namespace

std::string ZipDirectory::header(const ZipEntry& entry, bool follows) {
  ZipEntry known = entry;
  if (follows) known.crc = 0, known.compressed_size = known.size = 0;
  return "PK\3\4" + common_part(known, follows) + entry.name;
}

std::string ZipDirectory::follow_up(const ZipEntry& entry) {
  std::string record = "PK\7\10";
  append_sizes(record, entry);
  return record;
}

void ZipDirectory::add(const ZipEntry& entry, bool follows) {
  records_ += "PK\1\2";
  append_little<std::uint16_t>(records_, kVersion);
  records_ += common_part(entry, follows);
  records_.append(10, '\0');  // comment, disk, attributes
  append_little(records_, static_cast<std::uint32_t>(entry.header_offset));
  records_ += entry.name;
  ++entries_;
}

std::string ZipDirectory::finish(std::uint64_t offset) const {
  std::string bytes = records_ + "PK\5\6";
  bytes.append(4, '\0');  // disks
  append_little(bytes, entries_);
  append_little(bytes, entries_);
  append_little(bytes, static_cast<std::uint32_t>(records_.size()));
  append_little(bytes, static_cast<std::uint32_t>(offset));
  append_little<std::uint16_t>(bytes, 0);  // comment
  return bytes;
}

}  // namespace cellmnn
