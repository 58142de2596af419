/// Numbers in messages for people.
#pragma once

#include <string>
#include <vector>

namespace cellmnn {

/// A number as a person would write it, to about seven digits: "3", "0.25", "1.5e-9".
std::string text(double value);

/// "0, 1.5 and 3".
std::string listed(const std::vector<double>& values);

}  // namespace cellmnn
