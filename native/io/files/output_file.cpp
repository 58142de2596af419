#include "native/io/files/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

#include "native/io/files/input_file.hpp"
#include "native/io/files/output_group.hpp"
#include "native/io/files/output_names.hpp"
#include "native/io/files/system_calls.hpp"
#include "native/io/files/temporary_file.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kLargestWrite = std::size_t{1} << 30;  // Linux writes at most 2 GiB at once

Error cannot_write(const std::string& path, int code) {
  return file_error(path, "cannot be written: " + reason_of(code));
}

std::optional<mode_t> mode_of(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_mode;
}

/// What a link points to: the link itself stays.
std::string target_of(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_symlink(path, failure) || is_stream(path)) return path;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, failure);
  return failure ? path : target.string();
}

/// Beside which a file grows: a stream gets a copy of it from the temporary folder.
std::string place_of_temporary(const std::string& path) {
  if (!is_stream(path)) return path;
  const std::string name =
      is_standard_output(path) ? "stdout" : std::filesystem::path(path).filename().string();
  return (std::filesystem::temp_directory_path() / ("cellmnn." + name)).string();
}

}  // namespace

std::string reason_of(int code) {
  std::string reason = std::system_category().message(code);
  if (code == ENOSPC || code == EDQUOT) return "the disk is full (" + reason + ")";
  if (code == EFBIG) return "it would be larger than files may be here (" + reason + ", see 'ulimit -f')";
  return reason;
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = uninterrupted(
        [&] { return ::write(descriptor, bytes.data(), std::min(bytes.size(), kLargestWrite)); });
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void check_writable(const std::string& path, const std::vector<std::string>& inputs) {
  if (is_standard_output(path)) return;
  const std::optional<mode_t> mode = mode_of(path);
  if (mode && S_ISDIR(*mode)) throw file_error(path, "is a folder, expected the name of a file to write");
  if (mode && ::access(path.c_str(), W_OK) != 0) throw cannot_write(path, errno);
  if (is_stream(path)) return;

  for (const std::string& input : inputs) {
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
  remove_dead_temporaries(path);
}

void make_folder(const std::string& path) {
  std::error_code failure;
  std::vector<std::string> missing;  // the deepest first
  for (std::filesystem::path part = path; !part.empty() && !std::filesystem::exists(part, failure);
       part = part.parent_path()) {
    missing.push_back(part.string());
  }
  std::filesystem::create_directories(path, failure);
  if (failure) throw file_error(path, "cannot be made as a folder: " + failure.message());
  if (OutputGroup::current() != nullptr) OutputGroup::current()->add_folders(missing);
}

PendingFile::PendingFile(const std::string& path) : path_(target_of(path)) {
  const std::string place = place_of_temporary(path_);
  temporary_ = std::make_unique<UnfinishedOutput>(temporary_name(place));
  ::unlink(name().c_str());  // of a process with the same number that was killed
  remove_dead_temporaries(place);
}

void PendingFile::finish() {
  if (is_stream(path_)) {
    write_file(path_, read_file(name()));
    return;  // the destructor removes the temporary file
  }
  const int descriptor = open_file(name(), O_RDONLY);
  const bool on_disk = descriptor >= 0 && uninterrupted([&] { return ::fsync(descriptor); }) == 0;
  const int code = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!on_disk) throw cannot_write(path_, code);
  if (OutputGroup::current() != nullptr) {
    OutputGroup::current()->add({std::move(temporary_), path_});
  } else if (::rename(name().c_str(), path_.c_str()) != 0) {
    throw cannot_write(path_, errno);
  } else {
    temporary_->keep();
  }
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)) {
  if (is_standard_output(path_)) {
    std::cout.flush();  // what was printed before comes before
    descriptor_ = ::dup(STDOUT_FILENO);
    if (descriptor_ < 0) throw cannot_write(path_, errno);
    return;
  }
  int flags = O_WRONLY;
  if (!is_stream(path_)) {
    pending_.emplace(path_);
    flags |= O_CREAT | O_EXCL;
  }
  descriptor_ = open_file(pending_ ? pending_->name() : path_, flags);
  if (descriptor_ < 0) throw cannot_write(path_, errno);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OutputFile::write(std::string_view bytes) {
  if (!write_all(descriptor_, bytes)) throw cannot_write(path_, errno);
}

void OutputFile::finish() {
  if (::close(std::exchange(descriptor_, -1)) != 0) throw cannot_write(path_, errno);
  if (pending_) pending_->finish();
}

SeekableOutput::SeekableOutput(std::string path) : path_(std::move(path)), pending_(path_) {
  descriptor_ = open_file(pending_.name(), O_WRONLY | O_CREAT | O_EXCL);
  if (descriptor_ < 0) throw cannot_write(path_, errno);
}

SeekableOutput::~SeekableOutput() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void SeekableOutput::write(std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = uninterrupted([&] {
      return ::pwrite(descriptor_, bytes.data(), std::min(bytes.size(), kLargestWrite),
                      static_cast<off_t>(offset));
    });
    if (count < 0) throw cannot_write(path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
    offset += static_cast<std::uint64_t>(count);
  }
}

void SeekableOutput::finish() {
  if (::close(std::exchange(descriptor_, -1)) != 0) throw cannot_write(path_, errno);
  pending_.finish();
}

void write_file(const std::string& path, std::string_view bytes) {
  OutputFile file(path);
  file.write(bytes);
  file.finish();
}

}  // namespace cellmnn
