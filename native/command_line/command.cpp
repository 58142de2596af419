#include "native/command_line/command.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cellmnn/error.hpp"
#include "cellmnn/nearest.hpp"

namespace cellmnn {
namespace {

constexpr std::size_t kNameColumn = 34;
constexpr std::size_t kLineWidth = 100;
constexpr const char* kLastGroup = "General";

/// `name` in a column of its own, `text` wrapped beside it.
std::string entry(const std::string& name, const std::string& text) {
  std::string result = "  " + name;
  std::size_t column = result.size();
  const auto next_line = [&] {
    result += "\n" + std::string(kNameColumn, ' ');
    column = kNameColumn;
  };
  if (column + 2 > kNameColumn) {
    next_line();
  } else {
    result.append(kNameColumn - column, ' ');
    column = kNameColumn;
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (column > kNameColumn && column + 1 + (end - begin) > kLineWidth) {
      next_line();
    } else if (column > kNameColumn) {
      result += ' ';
      ++column;
    }
    result.append(text, begin, end - begin);
    column += end - begin;
    begin = end + 1;
  }
  return result + "\n";
}

class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string /*name*/,
                        CLI::AppFormatMode /*mode*/) const override {
    std::string help = app->get_description() + "\n\n" + usage(*app) + commands(*app) + arguments(*app);
    std::vector<std::string> groups = app->get_groups();
    std::stable_partition(groups.begin(), groups.end(), [](const std::string& g) { return g != kLastGroup; });
    for (const std::string& group : groups) help += options(*app, group);
    return help + "\n" + app->get_footer() + "\n";
  }

 private:
  static std::string usage(const CLI::App& app) {
    if (app.get_parent() == nullptr) return "Usage: " + app.get_name() + " COMMAND [options]\n";
    std::string line = "Usage: " + app.get_parent()->get_name() + " " + app.get_name();
    for (const CLI::Option* option : app.get_options()) {
      if (!option->get_positional()) continue;
      const std::string name = option->get_name(true);
      line += option->get_required() ? " " + name : " [" + name + "...]";
    }
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_required() && option->nonpositional()) {
        line += " --" + option->get_lnames().front() + " " + option->get_type_name();
      }
    }
    return line + " [options]\n";
  }

  static std::string commands(const CLI::App& app) {
    const auto list = app.get_subcommands({});
    std::string text = list.empty() ? "" : "\nCommands:\n";
    for (const CLI::App* command : list) text += entry(command->get_name(), command->get_description());
    return text;
  }

  static std::string arguments(const CLI::App& app) {
    std::string text;
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_positional()) text += entry(option->get_name(true), option->get_description());
    }
    return text.empty() ? "" : "\nArguments:\n" + text;
  }

  static std::string options(const CLI::App& app, const std::string& group) {
    std::string text;
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_group() != group || !option->nonpositional()) continue;
      const auto& short_names = option->get_snames();
      std::string name = short_names.empty() ? "    " : "-" + short_names.front() + ", ";
      name += "--" + option->get_lnames().front();
      if (option->get_type_size() > 0) name += " " + option->get_type_name();
      const std::string fallback = option->get_default_str();
      text += entry(name, option->get_description() + (fallback.empty() ? "" : " [" + fallback + "]"));
    }
    return text.empty() ? "" : "\n" + group + ":\n" + text;
  }
};

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  return near.empty() ? "" : "; did you mean " + near + "?";
}

std::string ask_help(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return " (see '" + (parent == nullptr ? "" : parent->get_name() + " ") + app.get_name() + " --help')";
}

/// The command that argv names, or the program itself if there is none.
const CLI::App& command_of(const CLI::App& program, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front().front() == '-') return program;
  const std::string& word = arguments.front();
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands({})) {
    if (command->get_name() == word) return *command;
    names.push_back(command->get_name());
  }
  throw Error(ErrorCode::usage,
              "unknown command '" + word + "'" + suggestion(word, names) + ask_help(program));
}

bool looks_like_option(const std::string& argument) {
  return argument.size() > 1 && argument.front() == '-' && argument != "--" && argument[1] != '.' &&
         std::isdigit(static_cast<unsigned char>(argument[1])) == 0;
}

/// Before CLI11 sees the arguments: it reports an unknown option only after other complaints, and
/// takes the word after it for a positional.
void refuse_unknown_options(const CLI::App& command, const std::vector<std::string>& arguments) {
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    for (const std::string& name : option->get_snames()) known.push_back("-" + name);
  }
  for (const std::string& argument : arguments) {
    if (argument == "--") return;
    if (!looks_like_option(argument)) continue;
    const bool is_long = argument.rfind("--", 0) == 0;
    const std::string name = is_long ? argument.substr(0, argument.find('=')) : argument.substr(0, 2);
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Error(ErrorCode::usage, "unknown option " + name + suggestion(name, known) + ask_help(command));
  }
}

/// CLI11's complaint in our words.
Error usage_error(const CLI::ParseError& error, const CLI::App& command) {
  const std::string what = error.what();
  const std::string option = what.substr(0, what.find(':'));
  const std::string hint = ask_help(command);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const bool repeated = what.find("At Most") != std::string::npos;
    return {ErrorCode::usage, option + (repeated ? " may be given only once" : " needs a value") + hint};
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return {ErrorCode::usage, "unexpected argument" + what.substr(what.rfind(':') + 1) + hint};
  }
  return {ErrorCode::usage, what + hint};
}

}  // namespace

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::shown_default(const std::string& text) {
  option_->default_str(text);
  return *this;
}

Option Option::needs(Option other) {
  option_->needs(other.option_);
  return *this;
}

Option Option::excludes(Option other) {
  option_->excludes(other.option_);
  return *this;
}

Option Command::option(const std::string& group, const std::string& names, const std::string& value,
                       const std::string& help, const std::function<void(const std::string&)>& read) {
  return Option(app_->add_option_function<std::string>(names, read, help)->type_name(value)->group(group));
}

Option Command::option(const std::string& group, const std::string& names, const std::string& value,
                       const std::string& help, std::string& target) {
  return option(group, names, value, help, [&target](const std::string& text) { target = text; });
}

Option Command::repeated_option(const std::string& group, const std::string& names, const std::string& value,
                                const std::string& help,
                                const std::function<void(const std::string&)>& read) {
  const auto each = [read](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) read(text);
  };
  return Option(app_->add_option_function<std::vector<std::string>>(names, each, help)
                    ->type_name(value)
                    ->group(group)
                    ->type_size(1)
                    ->allow_extra_args(false)
                    ->take_all());
}

Option Command::flag(const std::string& group, const std::string& names, const std::string& help,
                     bool& target) {
  return Option(app_->add_flag(names, target, help)->group(group));
}

void Command::argument(const std::string& name, const std::string& help, std::string& target) {
  app_->add_option(name, target, help)->required();
}

Option Command::arguments(const std::string& name, const std::string& help,
                          std::vector<std::string>& targets) {
  return Option(app_->add_option(name, targets, help));
}

void Command::footer(const std::string& text) { app_->footer(text); }

void Command::on_run(const std::function<void()>& run) { app_->callback(run); }

Program::Program(const std::string& name, const std::string& description, const std::string& version,
                 const std::string& footer)
    : app_(std::make_unique<CLI::App>(description, name)) {
  app_->formatter(std::make_shared<HelpFormatter>());
  app_->option_defaults()->group(kLastGroup);
  app_->set_help_flag("-h,--help", "Print this help")->group(kLastGroup);
  app_->require_subcommand(0, 1);
  app_->set_version_flag("--version", version, "Print the version and the SIMD level in use");
  app_->footer(footer);
}

Program::~Program() = default;

Command Program::add_command(const std::string& name, const std::string& description) {
  CLI::App* command = app_->add_subcommand(name, description);
  command->get_help_ptr()->group(kLastGroup);
  return Command(command);
}

std::string Program::help() const { return app_->help(); }

void Program::parse_and_run(int argc, const char* const* argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const CLI::App& command = command_of(*app_, arguments);
  refuse_unknown_options(command, arguments);
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << command.help();
  } catch (const CLI::CallForVersion& asked) {
    std::cout << asked.what() << "\n";
  } catch (const CLI::ParseError& error) {
    throw usage_error(error, command);
  }
}

}  // namespace cellmnn
