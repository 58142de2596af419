/// Zip archives whose entries are written side by side.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "native/io/files/output_file.hpp"
#include "native/io/files/zip.hpp"

namespace cellmnn {

/// An archive of entries whose names and sizes are known from the start, uncompressed. Each is written piece
/// by piece, whatever was written of the others, so that nothing large has to be in memory. It may be larger
/// than 4 GiB, and appears under its name when it is finished. Its bytes depend on the entries only.
class ZipParts {
 public:
  struct Part {
    std::string name;
    std::uint64_t size = 0;
  };
  ZipParts(const std::string& path, const std::vector<Part>& parts);

  /// Adds to the entry at a place of the list.
  void write(std::size_t part, std::string_view bytes);

  /// Throws std::logic_error if an entry is not as large as was said.
  void finish();

 private:
  struct Growing {
    ZipEntry entry;
    std::uint64_t begin = 0, written = 0;  // of its data
  };
  SeekableOutput file_;
  std::vector<Growing> entries_;
  std::uint64_t directory_ = 0;  // where it begins
};

}  // namespace cellmnn
