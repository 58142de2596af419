/// Processes by names that are unique also where several machines share a file system.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cellmnn {

/// Of this process: "HOST.PID".
std::string process_name();

/// Whether a process of this name still lives; nothing for one of another machine, or what is no such name.
std::optional<bool> is_alive(std::string_view name);

}  // namespace cellmnn
