/// Zip archives as numpy reads and writes them: stored or deflated entries, sizes of 32 or 64 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "native/io/files/input_file.hpp"

namespace cellmnn {

struct ZipEntry {
  std::string name;
  unsigned method = 0;  ///< 0 stored, 8 deflated
  std::uint32_t crc = 0;
  std::uint64_t compressed_size = 0;
  std::uint64_t size = 0;
  std::uint64_t header_offset = 0;
};

/// The entries of the central directory. Throws bad_input if there is none or it is damaged.
std::vector<ZipEntry> zip_entries(const InputFile& file);

/// Reads one entry from its beginning to its end; the checksum is verified with the last byte.
class ZipEntryReader {
 public:
  /// `file` and `entry` must outlive the reader.
  ZipEntryReader(const InputFile& file, const ZipEntry& entry);
  ~ZipEntryReader();
  ZipEntryReader(const ZipEntryReader&) = delete;
  ZipEntryReader& operator=(const ZipEntryReader&) = delete;

  std::uint64_t remaining() const { return remaining_; }

  /// Throws bad_input if fewer bytes remain or the data are damaged.
  void read(void* target, std::size_t bytes);

 private:
  struct Inflater;
  void read_compressed(void* target, std::size_t bytes);
  void inflate_next(unsigned char* target, std::size_t bytes);
  Error damaged(const std::string& what) const;

  const InputFile& file_;
  const ZipEntry& entry_;
  std::uint64_t offset_ = 0;  // of the next compressed byte
  std::uint64_t compressed_remaining_;
  std::uint64_t remaining_;
  std::uint32_t crc_ = 0;
  std::unique_ptr<Inflater> inflater_;
};

}  // namespace cellmnn
