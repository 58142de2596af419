/// Files that are read, and errors about them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "cellmnn/error.hpp"

namespace cellmnn {

/// bad_input with the message "PATH: WHAT".
Error file_error(const std::string& path, const std::string& what);

/// bad_input, as the system could not read what is there. Nobody may take it for a part that a file does not
/// have.
class ReadFailure : public Error {
 public:
  /// `code` is an errno.
  ReadFailure(const std::string& what, int code);
};

/// A regular file, open for reading at any offset.
class InputFile {
 public:
  /// Throws bad_input if there is no such file, it is a folder, or permission is missing.
  explicit InputFile(std::string path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }

  /// Throws bad_input if the file ends before `offset + bytes`.
  void read(std::uint64_t offset, void* target, std::size_t bytes) const;

 private:
  std::string path_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

/// All bytes of a file.
std::string read_file(const std::string& path);

}  // namespace cellmnn
