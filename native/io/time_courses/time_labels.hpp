/// What time a label such as "day12", "3.5h" or "24-30" stands for.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "native/io/h5ad/label_column.hpp"

namespace cellmnn {

struct LabelTimes {
  std::vector<double> times;       ///< per label of the column
  std::vector<std::string> notes;  ///< sentences on what was not obvious
};

/// Times from `time_map`, else from numbers, else from the number in each label. Ranges ("day0-5",
/// "day6-11") stand for their middle, in an ordered categorical for their rank. Throws bad_input for
/// labels that cannot be read, usage for a label in `time_map` that is not in the column.
LabelTimes times_of_labels(const LabelColumn& column, const std::map<std::string, double>& time_map);

}  // namespace cellmnn
