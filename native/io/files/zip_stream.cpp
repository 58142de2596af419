#include <zlib.h>

#include "native/io/files/zip.hpp"
#include "native/io/files/zip_records.hpp"

namespace cellmnn {

ZipStream::ZipStream(const std::string& path) : file_(path), directory_(std::make_unique<ZipDirectory>()) {}
ZipStream::~ZipStream() = default;

void ZipStream::put(std::string_view bytes) {
  if (offset_ + bytes.size() > ZipDirectory::kLimit) {
    throw Error(ErrorCode::bad_input, "the .npz file would grow over 4 GiB: ask for fewer cells");
  }
  file_.write(bytes);
  offset_ += bytes.size();
}

void ZipStream::begin(const std::string& name) {
  end_entry();
  entry_ = ZipEntry{name, 0, 0, 0, 0, offset_};
  put(ZipDirectory::header(*entry_, true));
}

void ZipStream::write(std::string_view bytes) {
  put(bytes);
  entry_->crc = static_cast<std::uint32_t>(
      crc32_z(entry_->crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  entry_->size = entry_->compressed_size += bytes.size();
}

void ZipStream::end_entry() {
  if (!entry_) return;
  put(ZipDirectory::follow_up(*entry_));
  directory_->add(*entry_, true);
  entry_.reset();
}

void ZipStream::finish() {
  end_entry();
  file_.write(directory_->finish(offset_));
  file_.finish();
}

}  // namespace cellmnn
