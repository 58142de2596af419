#include "native/io/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "native/io/input_file.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kLargestWrite = std::size_t{1} << 30;  // Linux writes at most 2 GiB at once

Error cannot_write(const std::string& path, int code) {
  return file_error(path, "cannot be written: " + std::system_category().message(code));
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::optional<mode_t> mode_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_mode;
}

bool is_device(const std::string& path) {
  const std::optional<mode_t> mode = mode_of(path);
  return mode && S_ISCHR(*mode);
}

class Descriptor {
 public:
  Descriptor(const std::string& path, const std::string& shown, int flags)
      : shown_(shown), descriptor_(::open(path.c_str(), flags | O_CLOEXEC)) {
    if (descriptor_ < 0) throw cannot_write(shown_, errno);
  }
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), std::min(bytes.size(), kLargestWrite));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw cannot_write(shown_, errno);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void sync() const {
    if (::fsync(descriptor_) != 0) throw cannot_write(shown_, errno);
  }

  void close() {
    if (::close(std::exchange(descriptor_, -1)) != 0) throw cannot_write(shown_, errno);
  }

 private:
  const std::string& shown_;
  int descriptor_;
};

}  // namespace

void check_writable(const std::string& path, std::initializer_list<std::string_view> inputs) {
  const std::optional<mode_t> mode = mode_of(path);
  if (mode && S_ISDIR(*mode)) throw file_error(path, "is a folder, expected the name of a file to write");
  if (mode && ::access(path.c_str(), W_OK) != 0) throw cannot_write(path, errno);
  if (mode && S_ISCHR(*mode)) return;

  for (const std::string_view input : inputs) {
    std::error_code missing;
    if (std::filesystem::equivalent(path, input, missing)) {
      throw file_error(path, "is an input and would be overwritten: choose another name for the output");
    }
  }
  const std::string folder = folder_of(path);
  const std::optional<mode_t> folder_mode = mode_of(folder);
  if (!folder_mode || !S_ISDIR(*folder_mode)) {
    throw file_error(path, "cannot be written: there is no folder '" + folder + "'");
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) throw cannot_write(path, errno);
}

void write_file(const std::string& path, std::string_view bytes) {
  if (is_device(path)) {
    Descriptor device(path, path, O_WRONLY);
    device.write(bytes);
    device.close();
    return;
  }
  PendingFile pending(path);
  Descriptor file(pending.temporary(), path, O_WRONLY);
  file.write(bytes);
  file.close();
  pending.commit();
}

PendingFile::PendingFile(std::string path) : path_(std::move(path)) {
  const std::filesystem::path target(path_);
  const std::string prefix =
      folder_of(path_) + "/." + target.filename().string() + "." + std::to_string(::getpid());
  for (int attempt = 0;; ++attempt) {
    temporary_ = prefix + "-" + std::to_string(attempt) + ".tmp";
    const int descriptor = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
      ::close(descriptor);
      return;
    }
    if (errno != EEXIST) throw cannot_write(path_, errno);
  }
}

PendingFile::~PendingFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void PendingFile::commit() {
  Descriptor(temporary_, path_, O_RDONLY).sync();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) throw cannot_write(path_, errno);
  temporary_.clear();
}

}  // namespace cellmnn
