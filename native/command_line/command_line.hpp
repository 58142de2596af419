/// From argv to a command that runs: help that reads well, and errors in our own words.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace cellmnn {

/// Prepares the program's parser. Commands are added to it afterwards and inherit its manner.
void configure(CLI::App& program);

/// Adds an option such as {"-o,--output", "FILE"} whose value is given to `read`.
CLI::Option* add_option(CLI::App& command, const std::string& group, const std::string& names,
                        const std::string& value, const std::string& help,
                        const std::function<void(const std::string&)>& read);

/// The same for a value that is taken as it is.
CLI::Option* add_option(CLI::App& command, const std::string& group, const std::string& names,
                        const std::string& value, const std::string& help, std::string& target);

/// The same for an option that may be given more than once; `read` is called for each.
CLI::Option* add_repeated_option(CLI::App& command, const std::string& group, const std::string& names,
                                 const std::string& value, const std::string& help,
                                 const std::function<void(const std::string&)>& read);

/// Parses and runs. Returns false if help or the version was printed instead. Throws usage for an
/// unknown command or option (with the nearest known one), a missing argument or a missing value.
bool parse_and_run(CLI::App& program, int argc, const char* const* argv);

}  // namespace cellmnn
