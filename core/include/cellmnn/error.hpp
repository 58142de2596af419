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
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace cellmnn
