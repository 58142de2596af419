/// How many of the cells have each label.
#pragma once

#include <vector>

#include "cellmnn/types.hpp"

namespace cellmnn {

/// (count) of the cells that have a label, each below `count` or -1; 0 where none has.
Vector<double> label_shares(const std::vector<int>& labels, Index count);

}  // namespace cellmnn
