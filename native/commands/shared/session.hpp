/// What every command has at hand: threads, messages to people, the log for machines.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "native/runtime/event_log.hpp"
#include "native/runtime/thread_pool.hpp"

namespace CLI {
class App;
}

namespace cellmnn {

class Command;

/// The options that every command has.
struct GeneralFlags {
  std::optional<std::uint64_t> seed;
  int threads = 1;
  bool quiet = false;
  std::string log;

  void add_to(Command& command);
};

class Session {
 public:
  explicit Session(const GeneralFlags& flags) : quiet_(flags.quiet), pool_(flags.threads), log_(flags.log) {}

  ThreadPool& pool() { return pool_; }
  EventLog& log() { return log_; }
  bool quiet() const { return quiet_; }

  /// Lines on standard error, unless --quiet; a newline is added.
  void say(const std::string& text) const;

  /// "cellmnn: warning: ...", which is also logged.
  void warn(const std::string& sentence);

 private:
  bool quiet_;
  ThreadPool pool_;
  EventLog log_;
};

/// Runs a command in a session. The log, which must not be one of `inputs`, gets its begin and its
/// end, an error included.
void in_session(const std::string& command, const GeneralFlags& flags, const std::vector<std::string>& inputs,
                const std::function<void(Session&)>& body);

}  // namespace cellmnn
