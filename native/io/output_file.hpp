/// Output that appears under its name only when it is whole.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace cellmnn {

/// Throws bad_input, before any work is done, if `path` could not be written: its folder does not
/// exist, it is a folder, or permission is missing. `inputs` are files that must not be overwritten.
void check_writable(const std::string& path, std::initializer_list<std::string_view> inputs = {});

/// A file that is written piece by piece to a temporary name beside `path`, and renamed when it is
/// finished; else nothing is left behind. Throws bad_input with the system's reason (disk full, ...).
/// Character devices are written to directly.
class OutputFile {
 public:
  explicit OutputFile(std::string path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);

  /// Flushes and renames; ends the writing.
  void finish();

 private:
  std::string path_, temporary_;  // no temporary for a device
  int descriptor_;
};

/// A whole OutputFile.
void write_file(const std::string& path, std::string_view bytes);

}  // namespace cellmnn
