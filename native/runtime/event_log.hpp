/// The log for machines: one JSON object a line.
#pragma once

#include <chrono>
#include <fstream>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace cellmnn {

class EventLog {
 public:
  /// Appends to `path`, so that a resumed run continues its log; an empty path logs nothing.
  explicit EventLog(std::string path);

  bool enabled() const { return file_.is_open(); }

  /// Writes {"event": name, "seconds": since the start, ...fields}. May be called by any thread.
  /// Throws bad_input if the line cannot be written.
  void write(const std::string& event, const nlohmann::ordered_json& fields);

 private:
  std::string path_;
  std::ofstream file_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace cellmnn
