/// A column of any type as labels: what every time column comes down to.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cellmnn {

struct LabelColumn {
  std::vector<std::string> labels;  ///< the distinct values, as text
  std::vector<double> numbers;      ///< the same as numbers, or empty where the column is text
  std::vector<std::int32_t> codes;  ///< (N) the label of each cell, or -1 where it is missing
  bool ordered = false;             ///< the order of the labels carries meaning (ordered categorical)
};

/// Labels in the order of their first cell; text that stands for no value is missing.
LabelColumn label_column(const std::vector<std::string>& values);

/// Labels in ascending order; NaN is missing.
LabelColumn label_column(const std::vector<double>& values);

}  // namespace cellmnn
