#include "native/io/files/gzip_lines.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "native/io/files/input_file.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxLineBytes = std::size_t{64} << 20;

}  // namespace

GzipLines::GzipLines(std::string path) : path_(std::move(path)), buffer_(kBufferBytes) {
  const InputFile checked(path_);
  file_ = ::gzopen(path_.c_str(), "rb");
  if (file_ == nullptr) throw file_error(path_, "cannot be read");
  ::gzbuffer(file_, kBufferBytes);
}

GzipLines::~GzipLines() { ::gzclose_r(file_); }

Error GzipLines::error(const std::string& what) const {
  return file_error(path_, "line " + std::to_string(line_) + ": " + what);
}

/// Reads more behind what is left of the buffer.
bool GzipLines::fill() {
  if (at_end_) return false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ >= kMaxLineBytes) {
    throw file_error(path_, "line " + std::to_string(line_ + 1) + " has more than " +
                                std::to_string(kMaxLineBytes) + " bytes: this is no such table");
  }
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  const int count = ::gzread(file_, buffer_.data() + end_, static_cast<unsigned>(buffer_.size() - end_));
  int code = Z_OK;
  const char* reason = ::gzerror(file_, &code);
  if (count < 0 || (code != Z_OK && code != Z_STREAM_END)) {
    throw file_error(path_, std::string("is damaged or truncated: ") + reason);
  }
  at_end_ = count == 0;
  end_ += static_cast<std::size_t>(count);
  return count > 0;
}

bool GzipLines::next(std::string_view& line) {
  std::size_t searched = begin_;
  for (;;) {
    const char* start = buffer_.data() + searched;
    const void* found = std::memchr(start, '\n', end_ - searched);
    if (found != nullptr) {
      const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
      line = std::string_view(buffer_.data() + begin_, at - begin_);
      begin_ = at + 1;
      break;
    }
    const std::size_t left = end_ - begin_;
    if (fill()) {
      searched = begin_ + left;
      continue;
    }
    if (left == 0) return false;
    line = std::string_view(buffer_.data() + begin_, left);
    begin_ = end_;
    break;
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  ++line_;
  return true;
}

}  // namespace cellmnn
