/// A C++ error on its way to JavaScript.
#pragma once

#include <exception>
#include <string>

namespace cellmnn::boundary {

struct JavaScriptError {
  const char* code = "";
  std::string option, message;

  /// Throws what `error(code, option, message)` of the module makes; the TypeScript sources provide it.
  [[noreturn]] void raise() const;
};

JavaScriptError to_javascript(const std::exception& error);

}  // namespace cellmnn::boundary
