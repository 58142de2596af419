/// Finished work that is kept while a suite runs, so that it can continue and be done by several processes.
#pragma once

#include <cstdint>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace cellmnn {

/// Whether `path` is a folder, or is to be one: it ends in '/'.
bool names_folder(const std::string& path);

/// A file to which one process at a time appends, or a folder in which each process has a file of its own,
/// HOST.PID.jsonl. The first line of a file is a header that says what all entries depend on; each further
/// line is an entry. A last line that was cut off, as by SIGKILL, is no entry.
class Journal {
 public:
  /// Reads what is there, and changes nothing. Throws bad_input for a file that is no journal or has another
  /// header.
  Journal(std::string path, const nlohmann::ordered_json& header);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  const std::string& path() const { return path_; }

  /// Those of earlier runs.
  const std::vector<nlohmann::ordered_json>& entries() const { return entries_; }

  /// To be called before work is done that will be appended. Throws bad_input if that cannot be, or another
  /// process appends to the file.
  void open();

  /// Writes the entry to the file at once. May be called by any thread.
  void append(const nlohmann::ordered_json& entry);

 private:
  void read(const std::string& file);
  void open_shared_file();
  void open_own_file();
  void write_line(const nlohmann::ordered_json& line);

  std::string path_, file_;  // file_ is the one that is appended to
  nlohmann::ordered_json header_;
  std::vector<nlohmann::ordered_json> entries_;
  std::uint64_t size_ = 0, whole_ = 0;  // of the file when it was read, and of its whole lines
  int descriptor_ = -1, failure_ = 0;
  std::mutex mutex_;
};

}  // namespace cellmnn
