#include "native/io/files/zip_parts.hpp"

#include <zlib.h>

#include <stdexcept>

#include "native/io/files/zip_records.hpp"

namespace cellmnn {

ZipParts::ZipParts(const std::string& path, const std::vector<Part>& parts) : file_(path) {
  for (const Part& part : parts) {
    const ZipEntry entry{part.name, 0, 0, part.size, part.size, directory_};
    const std::uint64_t begin = directory_ + ZipDirectory::header(entry).size();
    entries_.push_back({entry, begin});
    directory_ = begin + part.size;
  }
}

void ZipParts::write(std::size_t part, std::string_view bytes) {
  Growing& growing = entries_[part];
  file_.write(growing.begin + growing.written, bytes);
  growing.written += bytes.size();
  growing.entry.crc = static_cast<std::uint32_t>(
      crc32_z(growing.entry.crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void ZipParts::finish() {
  ZipDirectory directory;
  for (const Growing& growing : entries_) {
    if (growing.written != growing.entry.size) throw std::logic_error("a zip entry has another size");
    file_.write(growing.entry.header_offset, ZipDirectory::header(growing.entry));
    directory.add(growing.entry);
  }
  file_.write(directory_, directory.finish(directory_));
  file_.finish();
}

}  // namespace cellmnn
