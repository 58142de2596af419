/// Numbers and shapes in messages for people.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// A number as a person would write it, to about seven digits: "3", "0.25", "1.5e-9".
std::string text(double value);

/// "0, 1.5 and 3".
std::string listed(const std::vector<double>& values);

/// "(120, 5)".
std::string shape_text(const MatrixView<double>& points);

}  // namespace cellmnn
