#include "native/io/files/zip_records.hpp"

#include <algorithm>

#include "native/io/files/little_endian.hpp"

namespace cellmnn {
namespace {

constexpr std::uint16_t kVersion = 20;    // deflate
constexpr std::uint16_t kVersion64 = 45;  // numbers of 64 bits
constexpr std::uint16_t kUtf8Names = 1 << 11;
constexpr std::uint16_t kDate = (1 << 5) | 1;  // 1 January 1980, the earliest there is
constexpr std::uint64_t kMost32 = 0xFFFFFFFF;
constexpr std::uint16_t kMostEntries = 0xFFFF;

bool is_large(std::uint64_t number) { return number >= kMost32; }

std::uint32_t in_32_bits(std::uint64_t number) {
  return static_cast<std::uint32_t>(std::min(number, kMost32));
}

/// The extra field with the numbers that 32 bits cannot hold, or nothing.
std::string large_numbers(const ZipEntry& entry, bool with_offset) {
  std::string numbers;
  if (is_large(entry.size) || is_large(entry.compressed_size)) {  // a header has either both or none
    append_little(numbers, entry.size);
    append_little(numbers, entry.compressed_size);
  }
  if (with_offset && is_large(entry.header_offset)) append_little(numbers, entry.header_offset);
  if (numbers.empty()) return numbers;
  std::string field;
  append_little<std::uint16_t>(field, 1);
  append_little(field, static_cast<std::uint16_t>(numbers.size()));
  return field + numbers;
}

/// The part that both headers of an entry share.
std::string common_part(const ZipEntry& entry, const std::string& extra) {
  const bool has_large = is_large(entry.size) || is_large(entry.compressed_size);
  std::string record;
  append_little<std::uint16_t>(record, extra.empty() ? kVersion : kVersion64);
  append_little<std::uint16_t>(record, kUtf8Names);
  append_little(record, static_cast<std::uint16_t>(entry.method));
  append_little<std::uint16_t>(record, 0);  // time of day
  append_little<std::uint16_t>(record, kDate);
  append_little(record, entry.crc);
  append_little(record, in_32_bits(has_large ? kMost32 : entry.compressed_size));
  append_little(record, in_32_bits(has_large ? kMost32 : entry.size));
  append_little(record, static_cast<std::uint16_t>(entry.name.size()));
  append_little(record, static_cast<std::uint16_t>(extra.size()));
  return record;
}

}  // namespace

std::string ZipDirectory::header(const ZipEntry& entry) {
  const std::string extra = large_numbers(entry, false);
  return "PK\3\4" + common_part(entry, extra) + entry.name + extra;
}

void ZipDirectory::add(const ZipEntry& entry) {
  const std::string extra = large_numbers(entry, true);
  records_ += "PK\1\2";
  append_little<std::uint16_t>(records_, extra.empty() ? kVersion : kVersion64);
  records_ += common_part(entry, extra);
  records_.append(10, '\0');  // comment, disk, attributes
  append_little(records_, in_32_bits(entry.header_offset));
  records_ += entry.name + extra;
  ++entries_;
}

std::string ZipDirectory::finish(std::uint64_t offset) const {
  std::string bytes = records_;
  const std::uint64_t end = offset + records_.size();
  if (is_large(end) || entries_ >= kMostEntries) {
    bytes += "PK\6\6";
    append_little<std::uint64_t>(bytes, 44);  // the rest of this record
    append_little(bytes, kVersion64);
    append_little(bytes, kVersion64);
    append_little<std::uint64_t>(bytes, 0);  // disks
    append_little(bytes, entries_);
    append_little(bytes, entries_);
    append_little<std::uint64_t>(bytes, records_.size());
    append_little(bytes, offset);
    bytes += "PK\6\7";
    append_little<std::uint32_t>(bytes, 0);  // disk
    append_little(bytes, end);
    append_little<std::uint32_t>(bytes, 1);  // disks
  }
  bytes += "PK\5\6";
  append_little<std::uint32_t>(bytes, 0);  // disks
  const auto entries = static_cast<std::uint16_t>(std::min<std::uint64_t>(entries_, kMostEntries));
  append_little(bytes, entries);
  append_little(bytes, entries);
  append_little(bytes, in_32_bits(records_.size()));
  append_little(bytes, in_32_bits(offset));
  append_little<std::uint16_t>(bytes, 0);  // comment
  return bytes;
}

}  // namespace cellmnn
