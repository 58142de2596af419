#include "native/commands/shared/session.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

#include "cellmnn/error.hpp"
#include "native/command_line/command.hpp"
#include "native/command_line/values.hpp"
#include "native/io/files/output_file.hpp"
#include "native/runtime/available_cores.hpp"

namespace cellmnn {
namespace {

constexpr int kMostThreads = 1024;

int parse_threads(const std::string& text) {
  const std::int64_t threads = parse_whole("--threads", text, 1);
  if (threads > kMostThreads) {
    throw Error(ErrorCode::usage,
                "--threads is " + text + ", but must be at most " + std::to_string(kMostThreads));
  }
  return static_cast<int>(threads);
}

}  // namespace

void GeneralFlags::add_to(Command& command) {
  const std::string group = "General";
  threads = available_cores();
  command.option(group, "--seed", "N", "Seed of all random numbers",
                 [this](const std::string& text) { seed = parse_seed("--seed", text); });
  command
      .option(group, "--threads", "N", "Threads; the results do not depend on them",
              [this](const std::string& text) { threads = parse_threads(text); })
      .shown_default(std::to_string(threads));
  command.option(group, "--json-log", "FILE", "Append what happens to FILE, one JSON object a line", log);
  command.flag(group, "--quiet", "Print results and errors only", quiet);
}

void Session::say(const std::string& text) const {
  if (!quiet_) std::cerr << text << std::endl;
}

void Session::warn(const std::string& sentence) {
  say("cellmnn: warning: " + sentence);
  log_.write("warning", {{"message", sentence}});
}

void in_session(const std::string& command, const GeneralFlags& flags, const std::vector<std::string>& inputs,
                const std::function<void(Session&)>& body) {
  if (!flags.log.empty()) check_writable(flags.log, inputs);
  Session session(flags);
  session.log().write("start",
                      {{"command", command}, {"version", CELLMNN_VERSION}, {"threads", flags.threads}});
  try {
    body(session);
  } catch (const Error& error) {
    session.log().write("error", {{"code", static_cast<int>(error.code())}, {"message", message_of(error)}});
    throw;
  }
  session.log().write("end", nlohmann::ordered_json::object());
}

}  // namespace cellmnn
