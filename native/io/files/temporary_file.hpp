/// Temporary names beside outputs, and what dead processes left under such names.
#pragma once

#include <string>

namespace cellmnn {

/// "." for a bare name.
std::string folder_of(const std::string& path);

/// Beside `path`, since files can only be renamed within a file system: ".NAME.HOST.PID.tmp".
std::string temporary_name(const std::string& path);

/// Removes temporary files of `path` whose processes do not live any more; of other machines those that
/// nobody has written to for a day.
void remove_dead_temporaries(const std::string& path);

}  // namespace cellmnn
