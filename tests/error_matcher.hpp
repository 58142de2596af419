/// REQUIRE_THROWS_MATCHES(call, Error, error_with(ErrorCode::bad_input, {"part of the message", ...}))
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "cellmnn/error.hpp"

namespace cellmnn {

class ErrorMatcher : public Catch::Matchers::MatcherBase<Error> {
 public:
  ErrorMatcher(ErrorCode code, std::vector<std::string> parts) : code_(code), parts_(std::move(parts)) {}

  bool match(const Error& error) const override {
    const std::string message = error.what();
    return error.code() == code_ && std::all_of(parts_.begin(), parts_.end(), [&](const std::string& part) {
             return message.find(part) != std::string::npos;
           });
  }

  std::string describe() const override {
    std::string text = "has code " + std::to_string(static_cast<int>(code_));
    for (const std::string& part : parts_) text += ", says \"" + part + "\"";
    return text;
  }

 private:
  ErrorCode code_;
  std::vector<std::string> parts_;
};

inline ErrorMatcher error_with(ErrorCode code, std::vector<std::string> parts) {
  return {code, std::move(parts)};
}

}  // namespace cellmnn
