#include "native/runtime/event_log.hpp"

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "cellmnn/error.hpp"

namespace cellmnn {

EventLog::EventLog(std::string path) : path_(std::move(path)) {
  if (path_.empty()) return;
  file_.open(path_, std::ios::app);
  if (!file_) {
    throw Error(ErrorCode::bad_input, "cannot open the log " + path_ + ": " + std::strerror(errno));
  }
}

void EventLog::write(const std::string& event, const nlohmann::ordered_json& fields) {
  if (!enabled()) return;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  nlohmann::ordered_json line = {{"event", event}, {"seconds", elapsed.count()}};
  line.update(fields);
  const std::lock_guard<std::mutex> lock(mutex_);
  file_ << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::endl;
  if (!file_) {
    throw Error(ErrorCode::bad_input, "cannot write to the log " + path_ + ": " + std::strerror(errno));
  }
}

}  // namespace cellmnn
