/// Refusal of options out of range, in one wording.
#pragma once

#include <cmath>
#include <string>

#include "base/text.hpp"
#include "cellmnn/error.hpp"

namespace cellmnn {

/// Throws usage unless `ok`; `option` is the name of its field.
inline void require_option(bool ok, const std::string& option, double got, const std::string& expected) {
  if (!ok) throw Error(ErrorCode::usage, option, " is " + text(got) + "; expected " + expected);
}

inline void require_range(const std::string& option, Index got, Index lowest, Index highest) {
  require_option(got >= lowest && got <= highest, option, static_cast<double>(got),
                 std::to_string(lowest) + " to " + std::to_string(highest));
}

inline void require_at_least(const std::string& option, Index got, Index lowest) {
  require_option(got >= lowest, option, static_cast<double>(got), "at least " + std::to_string(lowest));
}

inline void require_positive(const std::string& option, double got) {
  require_option(std::isfinite(got) && got > 0, option, got, "a number above 0");
}

inline void require_not_negative(const std::string& option, double got) {
  require_option(std::isfinite(got) && got >= 0, option, got, "0 or more");
}

}  // namespace cellmnn
