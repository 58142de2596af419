/// One enum behind exceptions, exit codes and JavaScript errors.
#pragma once

#include <stdexcept>
#include <string>

namespace cellmnn {

/// The numeric values are the exit codes of the program.
enum class ErrorCode : int {
  usage = 2,          ///< an option or argument is wrong
  bad_input = 3,      ///< a file or an array cannot be used
  numerical = 4,      ///< the computation left the finite numbers
  interrupted = 130,  ///< stopped on request, state saved
};

/// The message is one sentence for people: what was got, what was expected, for which name, a hint.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

  /// The message is `option`, such as "kinetic_step", and then `about_it`, such as " is 0; expected ...".
  Error(ErrorCode code, const std::string& option, const std::string& about_it)
      : std::runtime_error(option + about_it), code_(code), option_(option) {}

  ErrorCode code() const noexcept { return code_; }

  /// The option that the message begins with, if it is about one. Its name is that of its field in model
  /// files; whoever shows the message may put another spelling there, as the program does with
  /// "--kinetic-step".
  const std::string& option() const noexcept { return option_; }

 private:
  ErrorCode code_;
  std::string option_;
};

}  // namespace cellmnn
