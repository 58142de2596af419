/// How many cores this process may use.
#pragma once

#include <string>

namespace cellmnn {

/// The cores of the affinity mask, or fewer if a control group (version 2) limits the CPU time; at
/// least 1.
int available_cores();

/// The least quota, in cores, of a control group such as "/user.slice/job" and its parents, from the
/// files cpu.max below `root`; infinity if there is none.
double control_group_cores(const std::string& root, const std::string& group);

}  // namespace cellmnn
