// Format: PKWARE APPNOTE.TXT 6.3, sections 4.3 and 4.5.3.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "native/io/files/little_endian.hpp"
#include "native/io/files/zip.hpp"

namespace cellmnn {
namespace {

constexpr std::uint64_t kEndSize = 22;        // end of central directory
constexpr std::uint64_t kEnd64Size = 56;      // the same with 64-bit sizes
constexpr std::uint64_t kLocator64Size = 20;  // tells where that is
constexpr std::uint64_t kDirectoryEntrySize = 46;
constexpr std::uint64_t kLocalHeaderSize = 30;
constexpr std::uint64_t kMaxComment = 65535;
constexpr std::uint64_t kMaxDirectory = std::uint64_t{1} << 28;
constexpr std::uint32_t kIn64BitField = 0xFFFFFFFF;
constexpr std::uint64_t kMaxDeflateRatio = 1032;  // zlib's technical notes

std::string bytes_at(const InputFile& file, std::uint64_t offset, std::uint64_t size) {
  std::string bytes(size, '\0');
  file.read(offset, bytes.data(), bytes.size());
  return bytes;
}

struct Directory {
  std::uint64_t offset, size, entries;
};

Directory find_directory(const InputFile& file) {
  const std::uint64_t tail_size = std::min(file.size(), kEndSize + kMaxComment);
  const std::uint64_t tail_offset = file.size() - tail_size;
  const std::string tail = bytes_at(file, tail_offset, tail_size);
  const std::size_t end = tail.rfind("PK\5\6");
  if (end == std::string::npos || tail.size() - end < kEndSize) {
    throw file_error(file.path(), "is not a complete zip archive: it is truncated, or no .npz file");
  }
  const char* record = tail.data() + end;
  const std::uint64_t record_offset = tail_offset + end;
  Directory directory{little<std::uint32_t>(record + 16), little<std::uint32_t>(record + 12),
                      little<std::uint16_t>(record + 10)};
  std::uint64_t limit = record_offset;
  if (record_offset >= kLocator64Size) {
    const std::string locator = bytes_at(file, record_offset - kLocator64Size, kLocator64Size);
    if (locator.starts_with("PK\6\7")) {
      limit = little<std::uint64_t>(locator.data() + 8);
      const std::string record64 = bytes_at(file, limit, kEnd64Size);
      if (!record64.starts_with("PK\6\6")) throw file_error(file.path(), "has a damaged zip directory");
      directory = {little<std::uint64_t>(record64.data() + 48), little<std::uint64_t>(record64.data() + 40),
                   little<std::uint64_t>(record64.data() + 32)};
    }
  }
  if (directory.offset > limit || directory.size > limit - directory.offset ||
      directory.size > kMaxDirectory || directory.entries > directory.size / kDirectoryEntrySize) {
    throw file_error(file.path(), "has a damaged zip directory");
  }
  return directory;
}

/// Takes the fields that are too large for 32 bits from the extra field 1.
void read_64bit_fields(std::string_view extra, const InputFile& file, ZipEntry& entry) {
  while (extra.size() >= 4) {
    const auto id = little<std::uint16_t>(extra.data());
    const std::size_t size = little<std::uint16_t>(extra.data() + 2);
    extra.remove_prefix(4);
    if (size > extra.size()) break;
    if (id == 1) {
      std::string_view values = extra.substr(0, size);
      for (std::uint64_t* field : {&entry.size, &entry.compressed_size, &entry.header_offset}) {
        if (*field != kIn64BitField) continue;
        if (values.size() < 8) throw file_error(file.path(), "has a damaged zip directory");
        *field = little<std::uint64_t>(values.data());
        values.remove_prefix(8);
      }
    }
    extra.remove_prefix(size);
  }
}

/// Entries that share bytes would be inflated again and again.
void refuse_overlaps(const InputFile& file, const std::vector<ZipEntry>& entries) {
  std::vector<const ZipEntry*> order;
  order.reserve(entries.size());
  for (const ZipEntry& entry : entries) order.push_back(&entry);
  std::sort(order.begin(), order.end(),
            [](const ZipEntry* a, const ZipEntry* b) { return a->header_offset < b->header_offset; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const ZipEntry& before = *order[i - 1];
    const std::uint64_t room = order[i]->header_offset - before.header_offset;
    if (room >= kLocalHeaderSize && room - kLocalHeaderSize >= before.compressed_size) continue;
    throw file_error(file.path(), "has a damaged zip directory: '" + before.name + "' and '" +
                                      order[i]->name + "' overlap");
  }
}

}  // namespace

std::vector<ZipEntry> zip_entries(const InputFile& file) {
  const Directory directory = find_directory(file);
  const std::string bytes = bytes_at(file, directory.offset, directory.size);
  std::vector<ZipEntry> entries;
  std::string_view rest = bytes;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    if (rest.size() < kDirectoryEntrySize || !rest.starts_with("PK\1\2")) {
      throw file_error(file.path(), "has a damaged zip directory");
    }
    const char* record = rest.data();
    const std::size_t name_size = little<std::uint16_t>(record + 28);
    const std::size_t extra_size = little<std::uint16_t>(record + 30);
    const std::size_t comment_size = little<std::uint16_t>(record + 32);
    rest.remove_prefix(kDirectoryEntrySize);
    if (rest.size() < name_size + extra_size + comment_size) {
      throw file_error(file.path(), "has a damaged zip directory");
    }
    ZipEntry entry{std::string(rest.substr(0, name_size)), little<std::uint16_t>(record + 10),
                   little<std::uint32_t>(record + 16),     little<std::uint32_t>(record + 20),
                   little<std::uint32_t>(record + 24),     little<std::uint32_t>(record + 42)};
    read_64bit_fields(rest.substr(name_size, extra_size), file, entry);
    rest.remove_prefix(name_size + extra_size + comment_size);
    const bool encrypted = (little<std::uint16_t>(record + 8) & 1U) != 0;
    if (encrypted) throw file_error(file.path(), "the array '" + entry.name + "' is encrypted");
    entries.push_back(std::move(entry));
  }
  refuse_overlaps(file, entries);
  return entries;
}

struct ZipEntryReader::Inflater {
  Inflater() {
    // Negative window bits: raw deflate without a zlib header.
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream stream = {};
  std::array<unsigned char, 1 << 16> input;
};

ZipEntryReader::ZipEntryReader(const InputFile& file, const ZipEntry& entry)
    : file_(file), entry_(entry), compressed_remaining_(entry.compressed_size), remaining_(entry.size) {
  const std::string header = bytes_at(file, entry.header_offset, kLocalHeaderSize);
  if (!header.starts_with("PK\3\4")) throw damaged("its header is missing");
  offset_ = entry.header_offset + kLocalHeaderSize + little<std::uint16_t>(header.data() + 26) +
            little<std::uint16_t>(header.data() + 28);
  if (offset_ > file.size() || entry.compressed_size > file.size() - offset_) {
    throw damaged("the file ends before the array does");
  }
  if (entry.method == 0) {
    if (entry.size != entry.compressed_size) throw damaged("two sizes disagree");
  } else if (entry.method == Z_DEFLATED) {
    if (entry.size / kMaxDeflateRatio > entry.compressed_size) {
      throw damaged(std::to_string(entry.compressed_size) + " bytes cannot hold its " +
                    std::to_string(entry.size));
    }
    inflater_ = std::make_unique<Inflater>();
  } else {
    throw file_error(file_.path(), "the array '" + entry.name + "' is compressed by zip method " +
                                       std::to_string(entry.method) + ", expected stored or deflated");
  }
}

ZipEntryReader::~ZipEntryReader() = default;

Error ZipEntryReader::damaged(const std::string& what) const {
  return file_error(file_.path(), "the array '" + entry_.name + "' is damaged: " + what);
}

void ZipEntryReader::read_compressed(void* target, std::size_t bytes) {
  if (bytes > compressed_remaining_) throw damaged("its compressed data end early");
  file_.read(offset_, target, bytes);
  offset_ += bytes;
  compressed_remaining_ -= bytes;
}

void ZipEntryReader::inflate_next(unsigned char* target, std::size_t bytes) {
  z_stream& stream = inflater_->stream;
  stream.next_out = target;
  stream.avail_out = static_cast<uInt>(bytes);
  while (stream.avail_out > 0) {
    if (stream.avail_in == 0) {
      const std::size_t count = std::min<std::uint64_t>(inflater_->input.size(), compressed_remaining_);
      read_compressed(inflater_->input.data(), count);
      stream.next_in = inflater_->input.data();
      stream.avail_in = static_cast<uInt>(count);
    }
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status == Z_BUF_ERROR) throw damaged("its compressed data end early");
    if (status != Z_OK && (status != Z_STREAM_END || stream.avail_out > 0)) {
      throw damaged("its compressed data are corrupt");
    }
  }
}

void ZipEntryReader::read(void* target, std::size_t bytes) {
  if (bytes > remaining_) throw damaged("it ends early");
  remaining_ -= bytes;
  auto* at = static_cast<unsigned char*>(target);
  while (bytes > 0) {
    const std::size_t part = std::min<std::size_t>(bytes, std::size_t{1} << 30);  // zlib counts in 32 bits
    if (inflater_) {
      inflate_next(at, part);
    } else {
      read_compressed(at, part);
    }
    crc_ = static_cast<std::uint32_t>(crc32(crc_, at, static_cast<uInt>(part)));
    at += part;
    bytes -= part;
  }
  if (remaining_ == 0 && crc_ != entry_.crc) throw damaged("its checksum is wrong");
}

}  // namespace cellmnn
