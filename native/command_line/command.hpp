/// The program's commands with their options: help that reads well, and errors in our own words.
/// The parser behind it is CLI11, which only command.cpp reads.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace cellmnn {

/// An option that a command has: what else is true of it.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option required();

  /// The default as the help shows it, a value or a phrase.
  Option shown_default(const std::string& text);

  Option needs(Option other);

  Option excludes(Option other);

 private:
  CLI::Option* option_;
};

/// Options belong to a `group` of the help and have `names` such as "-o,--output" and a `value` such as
/// "FILE".
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  /// An option whose value is given to `read`.
  Option option(const std::string& group, const std::string& names, const std::string& value,
                const std::string& help, const std::function<void(const std::string&)>& read);

  /// The same for a value that is taken as it is.
  Option option(const std::string& group, const std::string& names, const std::string& value,
                const std::string& help, std::string& target);

  /// The same for an option that may be given more than once; `read` is called for each.
  Option repeated_option(const std::string& group, const std::string& names, const std::string& value,
                         const std::string& help, const std::function<void(const std::string&)>& read);

  Option flag(const std::string& group, const std::string& names, const std::string& help, bool& target);

  /// An argument that must be given.
  void argument(const std::string& name, const std::string& help, std::string& target);

  /// Any number of arguments, after the others.
  Option arguments(const std::string& name, const std::string& help, std::vector<std::string>& targets);

  /// What the help ends with.
  void footer(const std::string& text);

  void on_run(const std::function<void()>& run);

 private:
  CLI::App* app_;
};

class Program {
 public:
  /// `version` is what --version prints.
  Program(const std::string& name, const std::string& description, const std::string& version,
          const std::string& footer);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  Command add_command(const std::string& name, const std::string& description);

  std::string help() const;

  /// Parses and runs; prints help or the version if that is asked for. Throws usage for an unknown command or
  /// option (with the nearest known one), a missing argument or a missing value.
  void parse_and_run(int argc, const char* const* argv);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace cellmnn
