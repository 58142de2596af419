#include "native/io/files/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "native/io/files/system_calls.hpp"

namespace cellmnn {
namespace {

// Linux reads at most 2 GiB at once.
constexpr std::size_t kLargestRead = std::size_t{1} << 30;

[[noreturn]] void cannot_read(const std::string& path, int code) {
  if (code == ENOENT) throw file_error(path, "there is no such file");
  throw ReadFailure(path + ":", code);
}

}  // namespace

Error file_error(const std::string& path, const std::string& what) {
  return {ErrorCode::bad_input, path + ": " + what};
}

ReadFailure::ReadFailure(const std::string& what, int code)
    : Error(ErrorCode::bad_input, what + " cannot be read: " + std::system_category().message(code)) {}

InputFile::InputFile(std::string path)
    : path_(std::move(path)), descriptor_(open_file(path_, O_RDONLY | O_NONBLOCK)) {
  if (descriptor_ < 0) cannot_read(path_, errno);
  struct stat status = {};
  const bool known = ::fstat(descriptor_, &status) == 0;
  if (!known || !S_ISREG(status.st_mode)) {
    ::close(descriptor_);
    throw file_error(
        path_, known && S_ISDIR(status.st_mode) ? "is a folder, expected a file" : "is not a regular file");
  }
  size_ = static_cast<std::uint64_t>(status.st_size);
}

InputFile::~InputFile() { ::close(descriptor_); }

void InputFile::read(std::uint64_t offset, void* target, std::size_t bytes) const {
  if (offset > size_ || bytes > size_ - offset) {
    throw file_error(path_, "is truncated: it ends at byte " + std::to_string(size_) + ", expected " +
                                std::to_string(bytes) + " bytes from byte " + std::to_string(offset));
  }
  auto* at = static_cast<char*>(target);
  while (bytes > 0) {
    const ssize_t count = uninterrupted(
        [&] { return ::pread(descriptor_, at, std::min(bytes, kLargestRead), static_cast<off_t>(offset)); });
    if (count < 0) cannot_read(path_, errno);
    if (count == 0) throw file_error(path_, "became shorter while it was read");
    at += count;
    offset += static_cast<std::uint64_t>(count);
    bytes -= static_cast<std::size_t>(count);
  }
}

std::string read_file(const std::string& path) {
  const InputFile file(path);
  std::string bytes(file.size(), '\0');
  file.read(0, bytes.data(), bytes.size());
  return bytes;
}

}  // namespace cellmnn
