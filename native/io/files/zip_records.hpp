/// The records around the data of a zip archive (PKWARE APPNOTE.TXT 6.3, section 4.3).
#pragma once

#include <cstdint>
#include <string>

#include "native/io/files/zip.hpp"

namespace cellmnn {

/// Collects the directory of an archive while its entries are written. The bytes depend on the entries
/// only: the dates are fixed.
class ZipDirectory {
 public:
  /// What goes before the data of an entry.
  static std::string header(const ZipEntry& entry);

  void add(const ZipEntry& entry);

  /// The directory and the end of the archive, which begin at `offset`.
  std::string finish(std::uint64_t offset) const;

 private:
  std::string records_;
  std::uint64_t entries_ = 0;
};

}  // namespace cellmnn
