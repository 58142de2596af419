/// The names of outputs: their endings, and those that are no files.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cellmnn {

/// "-", or /dev/stdout and its other names: written in order, never replaced.
bool is_standard_output(const std::string& path);

/// Standard output, a pipe, a device or a socket: written to as it is, and never replaced by a file.
bool is_stream(const std::string& path);

/// Throws usage unless the name has one of these endings, the case of letters aside. Streams need none.
void check_ending(const std::string& option, const std::string& path,
                  const std::vector<std::string>& endings);

/// Throws usage if two of these outputs, each an option and a name or "", are the same file.
void check_outputs_differ(const std::vector<std::pair<std::string, std::string>>& outputs);

}  // namespace cellmnn
