/// Output that appears under its name only when it is whole.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native/io/files/unfinished_output.hpp"

namespace cellmnn {

/// The system's reason for a failure, in words.
std::string reason_of(int code);

/// Whether all bytes were written to an open file; else errno has the reason.
bool write_all(int descriptor, std::string_view bytes);

/// Throws bad_input, before any work is done, if `path` could not be written: its folder does not
/// exist, it is a folder, or permission is missing. `inputs` are files that must not be overwritten. Removes
/// what killed runs left of this output.
void check_writable(const std::string& path, const std::vector<std::string>& inputs = {});

/// A temporary name beside `path`, for a file that somebody else writes. It takes its name when it is
/// finished, or is copied to `path` if that is a stream; else nothing is left behind. A link stays one.
class PendingFile {
 public:
  explicit PendingFile(const std::string& path);

  const std::string& name() const { return temporary_->name(); }

  /// Renames. Throws bad_input with the system's reason.
  void finish();

 private:
  std::string path_;
  std::unique_ptr<UnfinishedOutput> temporary_;
};

/// Makes a folder and those above it, unless they exist. Throws bad_input with the system's reason.
void make_folder(const std::string& path);

/// A file that is written piece by piece and appears when it is finished. Throws bad_input with the system's
/// reason (disk full, ...). Streams (output_names.hpp) are written to directly.
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
  std::string path_;
  std::optional<PendingFile> pending_;  // none for a device
  int descriptor_;
};

/// A file that is written in any order and appears when it is finished. Throws bad_input with the system's
/// reason. A stream gets it then.
class SeekableOutput {
 public:
  explicit SeekableOutput(std::string path);
  ~SeekableOutput();
  SeekableOutput(const SeekableOutput&) = delete;
  SeekableOutput& operator=(const SeekableOutput&) = delete;

  void write(std::uint64_t offset, std::string_view bytes);

  /// Flushes and renames; ends the writing.
  void finish();

 private:
  std::string path_;
  PendingFile pending_;
  int descriptor_;
};

/// A whole OutputFile.
void write_file(const std::string& path, std::string_view bytes);

}  // namespace cellmnn
