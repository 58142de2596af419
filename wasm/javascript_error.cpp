#include "wasm/javascript_error.hpp"

#include <emscripten/val.h>

#include <new>
#include <stdexcept>

#include "cellmnn/error.hpp"

namespace cellmnn::boundary {
namespace {

const char* code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::bad_input:
      return "bad-input";
    case ErrorCode::numerical:
    case ErrorCode::interrupted:  // nothing here can interrupt
      break;
  }
  return "numerical";
}

}  // namespace

void JavaScriptError::raise() const {
  using emscripten::val;
  val::module_property("error")(val(code), val(option), val(message)).throw_();
}

JavaScriptError to_javascript(const std::exception& error) {
  if (const auto* own = dynamic_cast<const Error*>(&error)) {
    return {code_name(own->code()), own->option(), own->what()};
  }
  // Lengths are beyond what 32 bits can count.
  if (dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const std::length_error*>(&error)) {
    return {
        "memory", "",
        "the memory that a page may use (at most 2 GB) is not enough for this call; give it fewer cells or "
        "times at once"};
  }
  return {"numerical", "", error.what()};
}

}  // namespace cellmnn::boundary
