/// A file to which finished work is appended, so that an interrupted suite can continue.
#pragma once

#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace cellmnn {

/// The first line is a header that says what all entries depend on; each further line is an entry.
class JournalFile {
 public:
  /// Opens the journal, or begins one if there is no file. A last line that was cut off is removed.
  /// Throws bad_input if the file is no journal or has another header.
  JournalFile(std::string path, const nlohmann::ordered_json& header);

  const std::string& path() const { return path_; }

  /// Those of earlier runs.
  const std::vector<nlohmann::ordered_json>& entries() const { return entries_; }

  /// Writes the entry to the file at once. May be called by any thread.
  void append(const nlohmann::ordered_json& entry);

 private:
  void read(const nlohmann::ordered_json& header);

  std::string path_;
  std::vector<nlohmann::ordered_json> entries_;
  std::ofstream file_;
  std::mutex mutex_;
};

}  // namespace cellmnn
