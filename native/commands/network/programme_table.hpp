/// Eigen-programmes as a file.
#pragma once

#include <string>
#include <vector>

#include "cellmnn/programmes.hpp"

namespace cellmnn {

struct GroupProgrammes {
  std::string group;
  std::vector<Programme> programmes;
};

/// "growing", "decaying" or "still", with "rotating " before it if the mode turns.
std::string kind_of(const Programme& programme);

/// A tsv with one row a group, mode and gene: the `top` genes of each mode by size of weight.
void write_programmes(const std::string& path, const std::vector<GroupProgrammes>& groups,
                      const std::vector<std::string>& genes, Index top);

}  // namespace cellmnn
