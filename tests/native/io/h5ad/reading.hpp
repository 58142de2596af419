/// How the tests of this folder read a file.
#pragma once

#include <string>
#include <vector>

#include "catch.hpp"
#include "error_matcher.hpp"
#include "native/io/time_courses/data_file.hpp"

namespace cellmnn {

inline DataOptions with_expression() {
  DataOptions options;
  options.expression = true;
  return options;
}

inline void refuses(const std::string& path, const DataOptions& options,
                    const std::vector<std::string>& parts) {
  CHECK_THROWS_MATCHES(read_data(path, options), Error, error_with(ErrorCode::bad_input, parts));
}

}  // namespace cellmnn
